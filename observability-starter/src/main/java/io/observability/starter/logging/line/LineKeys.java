package io.observability.starter.logging.line;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Names that the members of one JSON object have taken. Nobody gets a name twice: who
 * comes late gets it with a trailing {@code _}, as often as needed, and after eight of
 * them with a number. Of few names a filter of 64 bits tells nearly always that one is
 * free, and many of them go into a hash table. Reuse allocates nothing.
 */
final class LineKeys {

    /** More names than this are looked up in the table. */
    private static final int FEW = 16;

    private static final int MAX_KEPT = 1024;

    private static final int MAX_UNDERSCORES = 8;

    private final Set<String> reserved;

    private @Nullable String[] names = new String[FEW];

    private int size;

    // A bit for each name; those of two names may be the same.
    private long filter;

    // Open addressing, never more than half full; empty while there are few names.
    private @Nullable String[] table = {};

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
        int hash = spread(name);
        long bit = 1L << hash;
        if ((this.filter & bit) != 0 && contains(name, hash)) {
            return false;
        }
        this.filter |= bit;
        if (this.size == this.names.length) {
            this.names = Arrays.copyOf(this.names, this.size * 2);
        }
        if (!isThere(name)) {
            this.names[this.size] = name;
        }
        this.size++;
        if (this.size > FEW) {
            index(name, hash);
        }
        return true;
    }

    // The same names come in the same order on the next line, so that they are left in
    // their places: what lives long pays for each store of a reference with a memory
    // barrier of the garbage collector.
    @SuppressWarnings("ReferenceEquality")
    private boolean isThere(String name) {
        return this.names[this.size] == name;
    }

    /**
     * Take all names that another object has taken.
     * @param other the other
     */
    void addAll(LineKeys other) {
        for (int i = 0; i < other.size; i++) {
            String name = other.names[i];
            if (name != null) {
                add(name);
            }
        }
    }

    void clear() {
        if (this.size > MAX_KEPT) {
            this.names = new String[FEW];
            this.table = new String[0];
        }
        else {
            if (this.size > FEW) {
                Arrays.fill(this.names, FEW, this.size, null);
                Arrays.fill(this.table, null);
            }
        }
        this.size = 0;
        this.filter = 0;
        this.number = MAX_UNDERSCORES;
    }

    private boolean contains(String name, int hash) {
        if (this.size > FEW) {
            return this.table[slot(name, hash)] != null;
        }
        for (int i = 0; i < this.size; i++) {
            if (name.equals(this.names[i])) {
                return true;
            }
        }
        return false;
    }

    // Put the newest name into the table, or all of them when there is no room for it
    // yet.
    private void index(String name, int hash) {
        if (this.size == FEW + 1 || this.size * 2 > this.table.length) {
            if (this.size * 2 > this.table.length) {
                this.table = new String[Integer.highestOneBit(this.size) * 4];
            }
            for (int i = 0; i < this.size; i++) {
                String known = this.names[i];
                if (known != null) {
                    this.table[slot(known, spread(known))] = known;
                }
            }
        }
        else {
            this.table[slot(name, hash)] = name;
        }
    }

    // Where a name is, or would be.
    private int slot(String name, int hash) {
        int mask = this.table.length - 1;
        int slot = hash & mask;
        for (String taken = this.table[slot]; taken != null && !taken.equals(name); taken = this.table[slot]) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

}
