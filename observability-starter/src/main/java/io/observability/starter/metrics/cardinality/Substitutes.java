package io.observability.starter.metrics.cardinality;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What the values of a tag become that have no series of their own, and which values
 * stand for others. There are at most as many as the action allows. Thread-safe.
 */
final class Substitutes {

    /** Different beginnings that {@code prefix} makes, where the limit is lower. */
    private static final int LEAST_PREFIXES = 100;

    private final OverflowAction action;

    private final int maxPrefixes;

    private final Set<String> prefixes = ConcurrentHashMap.newKeySet();

    Substitutes(OverflowAction action, int limit) {
        this.action = action;
        this.maxPrefixes = Math.max(limit, LEAST_PREFIXES);
    }

    /**
     * Whether values were folded into this one.
     * @param value a value
     * @return whether it stands for others
     */
    boolean contains(String value) {
        return value.equals(FoldedValue.OTHER) || switch (this.action.kind()) {
            case HASH -> isBucket(value);
            case PREFIX -> this.prefixes.contains(value);
            default -> false;
        };
    }

    private boolean isBucket(String value) {
        if (!value.startsWith(FoldedValue.BUCKET)) {
            return false;
        }
        int number = 0;
        for (int i = FoldedValue.BUCKET.length(); i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9' || number >= this.action.size()) {
                return false;
            }
            number = number * 10 + (c - '0');
        }
        return number < this.action.size();
    }

    /**
     * What a value that is not admitted becomes.
     * @param value the value
     * @return the value to show, or {@code null} to leave the tag off
     */
    @Nullable String of(String value) {
        return switch (this.action.kind()) {
            case KEEP_MOST_FREQUENT, OTHER -> FoldedValue.OTHER;
            case HASH -> FoldedValue.bucket(value, this.action.size());
            case PREFIX -> prefix(FoldedValue.prefix(value, this.action.size()));
            case DROP -> null;
        };
    }

    private String prefix(String beginning) {
        if (this.prefixes.contains(beginning)) {
            return beginning;
        }
        synchronized (this.prefixes) {
            if (this.prefixes.size() < this.maxPrefixes) {
                this.prefixes.add(beginning);
                return beginning;
            }
        }
        return FoldedValue.OTHER;
    }

}
