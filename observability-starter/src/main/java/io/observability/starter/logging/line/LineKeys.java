package io.observability.starter.logging.line;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Names that the members of one JSON object have taken. Nobody gets a name twice: who
 * comes late, or asks for one that belongs to the line itself, gets it with a trailing
 * {@code _}, as often as needed, and after eight of them with a number. An open hash
 * table that is emptied by what was put in, so that reuse costs and allocates nothing.
 */
final class LineKeys {

    private static final int INITIAL = 32;

    private static final int MAX_KEPT = 1024;

    private static final int MAX_UNDERSCORES = 8;

    private static final String EMPTY = "_";

    private final Set<String> reserved;

    private @Nullable String[] table = new String[INITIAL];

    private int[] slots = new int[INITIAL / 2];

    private int size;

    private int number = MAX_UNDERSCORES;

    LineKeys(Set<String> reserved) {
        this.reserved = reserved;
    }

    /**
     * Take a name.
     * @param key the name that the caller wants
     * @return the name that the caller gets; the same object when it is free
     */
    String take(@Nullable String key) {
        String wanted = printable(key);
        return (!this.reserved.contains(wanted) && add(wanted)) ? wanted : another(wanted);
    }

    void clear() {
        if (this.table.length > MAX_KEPT) {
            this.table = new String[INITIAL];
            this.slots = new int[INITIAL / 2];
        }
        else {
            for (int i = 0; i < this.size; i++) {
                this.table[this.slots[i]] = null;
            }
        }
        this.size = 0;
        this.number = MAX_UNDERSCORES;
    }

    private String another(String wanted) {
        String key = wanted;
        for (int i = 0; i < MAX_UNDERSCORES; i++) {
            key = key + '_';
            if (!this.reserved.contains(key) && add(key)) {
                return key;
            }
        }
        do {
            this.number++;
            key = wanted + '_' + this.number;
        }
        while (this.reserved.contains(key) || !add(key));
        return key;
    }

    private boolean add(String key) {
        int mask = this.table.length - 1;
        int slot = spread(key) & mask;
        for (String taken = this.table[slot]; taken != null; taken = this.table[slot]) {
            if (taken.equals(key)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        this.table[slot] = key;
        this.slots[this.size++] = slot;
        if (this.size == this.slots.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        @Nullable String[] old = this.table;
        this.table = new String[old.length * 2];
        int mask = this.table.length - 1;
        for (int i = 0; i < this.size; i++) {
            String key = old[this.slots[i]];
            if (key != null) {
                int slot = spread(key) & mask;
                while (this.table[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                this.table[slot] = key;
                this.slots[i] = slot;
            }
        }
        this.slots = Arrays.copyOf(this.slots, this.table.length / 2);
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    /**
     * Make a key equal to what a reader will decode, so that two keys that differ only in
     * what is replaced or cut do not become one.
     * @param key the key
     * @return the key as it is read again
     */
    private static String printable(@Nullable String key) {
        if (key == null) {
            return "null";
        }
        int length = key.length();
        if (length == 0) {
            return EMPTY;
        }
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
