package io.observability.starter.logging.line;

import org.jspecify.annotations.Nullable;

/**
 * Names that come again and again, as quoted JSON. A bounded table without a lock:
 * entries are immutable and the last writer wins.
 */
final class QuotedNames {

    private static final int SIZE = 512;

    private final @Nullable Entry[] table = new Entry[SIZE];

    byte[] get(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
        Entry known = this.table[slot];
        if (known != null && name.equals(known.name)) {
            return known.quoted;
        }
        byte[] quoted = quoted(name);
        if (name.length() <= LineLimits.NAME) {
            this.table[slot] = new Entry(name, quoted);
        }
        return quoted;
    }

    private static byte[] quoted(String name) {
        LineBuffer out = new LineBuffer(name.length() + 2);
        JsonText.quoted(out, name, LineLimits.NAME);
        return out.toByteArray();
    }

    private static final class Entry {

        private final String name;

        private final byte[] quoted;

        Entry(String name, byte[] quoted) {
            this.name = name;
            this.quoted = quoted;
        }

    }

}
