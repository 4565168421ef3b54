package io.observability.starter.metrics.cardinality;

import java.util.Locale;

/**
 * What becomes of the values of a tag that are above its limit.
 *
 * @param kind the kind of action
 * @param size buckets of {@link Kind#HASH}, characters of {@link Kind#PREFIX}, otherwise
 * 0
 * @since 0.1.0
 */
public record OverflowAction(Kind kind, int size) {

    /** What is done where no rule says otherwise. */
    public static final OverflowAction KEEP_MOST_FREQUENT = new OverflowAction(Kind.KEEP_MOST_FREQUENT, 0);

    /** What {@link #parse(String)} understands. */
    public static final String ALLOWED = "'keep-most-frequent', 'other', 'hash:N' with N from 1 to 1024, "
            + "'prefix:N' with N from 1 to 64, or 'drop'";

    private static final int MAX_BUCKETS = 1024;

    private static final int MAX_PREFIX = 64;

    /**
     * Read an action as it stands in a rule.
     * @param text such as {@code keep-most-frequent} or {@code hash:16}
     * @return the action
     * @throws IllegalArgumentException if it is none of {@link #ALLOWED}
     */
    public static OverflowAction parse(String text) {
        String action = text.trim().toLowerCase(Locale.ROOT);
        int colon = action.indexOf(':');
        if (colon < 0) {
            return switch (action) {
                case "keep-most-frequent" -> KEEP_MOST_FREQUENT;
                case "other" -> new OverflowAction(Kind.OTHER, 0);
                case "drop" -> new OverflowAction(Kind.DROP, 0);
                default -> throw new IllegalArgumentException("No action: " + text);
            };
        }
        int size = Integer.parseInt(action.substring(colon + 1));
        return switch (action.substring(0, colon)) {
            case "hash" -> sized(Kind.HASH, size, MAX_BUCKETS);
            case "prefix" -> sized(Kind.PREFIX, size, MAX_PREFIX);
            default -> throw new IllegalArgumentException("No action: " + text);
        };
    }

    private static OverflowAction sized(Kind kind, int size, int max) {
        if (size < 1 || size > max) {
            throw new IllegalArgumentException("Not from 1 to " + max + ": " + size);
        }
        return new OverflowAction(kind, size);
    }

    @Override
    public String toString() {
        String name = this.kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return (this.size > 0) ? name + ":" + this.size : name;
    }

    /**
     * Kinds of actions.
     */
    public enum Kind {

        /**
         * The values that occur most keep their series, and a value that became one of
         * them gets its own in place of one that no longer is; all others share
         * {@code _other}.
         */
        KEEP_MOST_FREQUENT,

        /**
         * The values that came first keep their series, all others share {@code _other}.
         */
        OTHER,

        /**
         * All others are spread over a fixed number of values, the same in each process.
         */
        HASH,

        /**
         * All others are cut to their first characters, and share {@code _other} above
         * that.
         */
        PREFIX,

        /** All others lose the tag. */
        DROP

    }

}
