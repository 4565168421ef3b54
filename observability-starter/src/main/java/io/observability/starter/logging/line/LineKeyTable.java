package io.observability.starter.logging.line;

import java.util.Map;

import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were seen lately, by what follows from them. A bounded table without a
 * lock: entries are immutable, the last writer wins, and a key that lost its place is
 * worked out again.
 */
final class LineKeyTable {

    private static final int SIZE = 1024;

    private static final String EMPTY = "_";

    private final @Nullable LineKey[] table = new LineKey[SIZE];

    private final LineSchema.Shape shape;

    private final LineParts parts;

    private final Redaction redaction;

    LineKeyTable(LineSchema.Shape shape, LineParts parts, Redaction redaction) {
        this.shape = shape;
        this.parts = parts;
        this.redaction = redaction;
    }

    LineKey get(@Nullable String key) {
        if (key == null) {
            return resolve("null");
        }
        int hash = key.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
        LineKey known = this.table[slot];
        if (known != null && key.equals(known.key)) {
            return known;
        }
        LineKey resolved = resolve(key);
        if (key.length() <= LineLimits.KEY_CHARS) {
            this.table[slot] = resolved;
        }
        return resolved;
    }

    boolean isMasked(String key) {
        return get(key).masked;
    }

    private LineKey resolve(String key) {
        boolean masked = this.redaction.masksKey(key);
        Map<String, String> names = this.shape.names();
        String wanted = names.getOrDefault(key, key);
        wanted = wanted.isEmpty() ? EMPTY : printable(wanted);
        boolean inside = this.shape.container() != null
                && (!this.shape.keys().staysOutside(wanted) || isPartOfOwnName(wanted));
        String name = this.shape.keys().name(wanted, inside);
        boolean renamed = false;
        while (this.parts.reserved(inside).contains(name)) {
            name = name + '_';
            renamed = true;
        }
        return new LineKey(key, name, inside, renamed, masked);
    }

    // Where a dot makes an object, "trace.id.x" would turn "trace.id" into one.
    private boolean isPartOfOwnName(String name) {
        for (String own : this.parts.reserved(false)) {
            if (name.startsWith(own + ".") || own.startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Make a key equal to what a reader will decode, so that two keys that differ only in
     * what is replaced or cut do not become one.
     * @param key the key
     * @return the key as it is read again
     */
    static String printable(String key) {
        int length = key.length();
        if (length > LineLimits.KEY_CHARS) {
            return replaceLoneSurrogates(key.substring(0, LineLimits.KEY_CHARS) + "\u2026");
        }
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(key.charAt(i))) {
                return replaceLoneSurrogates(key);
            }
        }
        return key;
    }

    private static String replaceLoneSurrogates(String key) {
        StringBuilder text = new StringBuilder(key.length());
        key.codePoints().map((c) -> (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c).forEach(text::appendCodePoint);
        return text.toString();
    }

}
