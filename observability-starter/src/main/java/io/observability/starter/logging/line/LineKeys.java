package io.observability.starter.logging.line;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Names that the members of one JSON object have taken. Nobody gets a name twice: who
 * comes late gets it with a trailing {@code _}, as often as needed, and after eight of
 * them with a number. An open hash table that is emptied by what was put in, so that
 * reuse costs and allocates nothing.
 */
final class LineKeys {

    private static final int INITIAL = 32;

    private static final int MAX_KEPT = 1024;

    private static final int MAX_UNDERSCORES = 8;

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
        String given = (key != null) ? key : "null";
        String wanted = given.isEmpty() ? "_" : LineKeyTable.printable(given);
        return (!this.reserved.contains(wanted) && add(wanted)) ? wanted : another(wanted);
    }

    /**
     * Find another name in place of one that is taken, and take it.
     * @param wanted the name that is taken
     * @return the other name
     */
    String another(String wanted) {
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

    /**
     * Take a name if it is free. Names that belong to the line itself are not looked at.
     * @param name the name
     * @return whether it was free
     */
    boolean add(String name) {
        int mask = this.table.length - 1;
        int slot = spread(name) & mask;
        for (String taken = this.table[slot]; taken != null; taken = this.table[slot]) {
            if (taken.equals(name)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        this.table[slot] = name;
        this.slots[this.size++] = slot;
        if (this.size == this.slots.length) {
            grow();
        }
        return true;
    }

    /**
     * Take all names that another object has taken.
     * @param other the other
     */
    void addAll(LineKeys other) {
        for (int i = 0; i < other.size; i++) {
            String name = other.table[other.slots[i]];
            if (name != null) {
                add(name);
            }
        }
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

}
