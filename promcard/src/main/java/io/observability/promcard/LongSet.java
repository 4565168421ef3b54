package io.observability.promcard;

/**
 * A set of hashes of 64 bits, 8 bytes a slot. Two things with one hash count as one: with
 * a million of them that happens once in 37 million runs.
 */
final class LongSet {

    private static final int FIRST_SIZE = 8;

    private final TableBudget budget;

    // Open addressing; 0 is a free slot, so the hash 0 is stored as 1.
    private long[] slots = new long[FIRST_SIZE];

    private int size;

    LongSet(TableBudget budget) throws CouldNotTellException {
        budget.take(bytes(FIRST_SIZE));
        this.budget = budget;
    }

    /**
     * Add a hash.
     * @param hash the hash, whose bits are well mixed
     * @return whether it is new
     */
    boolean add(long hash) throws CouldNotTellException {
        long stored = (hash != 0) ? hash : 1;
        int slot = find(this.slots, stored);
        if (this.slots[slot] != 0) {
            return false;
        }
        this.slots[slot] = stored;
        this.size++;
        if (this.size > this.slots.length / 4 * 3) {
            grow();
        }
        return true;
    }

    boolean contains(long hash) {
        return this.slots[find(this.slots, (hash != 0) ? hash : 1)] != 0;
    }

    int size() {
        return this.size;
    }

    /**
     * How many hashes are in another set as well.
     * @param other the other set
     * @return their number
     */
    int shared(LongSet other) {
        int shared = 0;
        for (long stored : this.slots) {
            if (stored != 0 && other.contains(stored)) {
                shared++;
            }
        }
        return shared;
    }

    void free() {
        this.budget.giveBack(bytes(this.slots.length));
        this.slots = new long[FIRST_SIZE];
        this.size = 0;
        // The slots that are left are too few to count.
    }

    private void grow() throws CouldNotTellException {
        long[] grown = allocate(this.slots.length);
        for (long stored : this.slots) {
            if (stored != 0) {
                grown[find(grown, stored)] = stored;
            }
        }
        this.budget.giveBack(bytes(this.slots.length));
        this.slots = grown;
    }

    private long[] allocate(int length) throws CouldNotTellException {
        int doubled = Math.multiplyExact(length, 2);
        this.budget.take(bytes(doubled));
        return new long[doubled];
    }

    private static int find(long[] slots, long stored) {
        int mask = slots.length - 1;
        int slot = (int) stored & mask;
        while (slots[slot] != 0 && slots[slot] != stored) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long bytes(int length) {
        return 8L * length;
    }

}
