package io.observability.starter.logging.line;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The entries of an MDC in the order in which they were written, and where the value of
 * each stands. A change of an MDC mostly leaves its keys as they are, and all values but
 * one: then what was written is mended, and not written anew. Not thread-safe.
 */
final class ContextEntries {

    private static final int MOST = 64;

    private @Nullable Entry[] entries = new Entry[16];

    private int size;

    private boolean tooMany;

    // Entries of the next MDC that were compared, as long as they were the same.
    private int compared;

    private int newBytes;

    /** Forget all entries. */
    void clear() {
        for (int i = 0; i < this.size; i++) {
            Entry entry = get(i);
            entry.key = null;
            entry.value = null;
        }
        this.size = 0;
        this.tooMany = false;
    }

    int size() {
        return this.size;
    }

    boolean areKnown() {
        return this.size > 0 && !this.tooMany;
    }

    /**
     * Add an entry.
     * @param key its key
     * @param value its value
     * @param identifier whether it is a member of the line itself
     * @param start where its value begins; the same as its end if nothing was written
     * @param end where its value ends
     */
    void add(@Nullable String key, @Nullable String value, boolean identifier, int start, int end) {
        if (this.size == MOST) {
            this.tooMany = true;
            return;
        }
        if (this.size == this.entries.length) {
            this.entries = Arrays.copyOf(this.entries, this.size * 2);
        }
        Entry entry = this.entries[this.size];
        if (entry == null) {
            entry = new Entry();
            this.entries[this.size] = entry;
        }
        this.size++;
        entry.key = key;
        entry.value = value;
        entry.identifier = identifier;
        entry.changed = false;
        entry.start = start;
        entry.end = end;
    }

    /** Begin to compare with another MDC. */
    void compare() {
        this.compared = 0;
        this.newBytes = 0;
    }

    /**
     * Compare the next entry, and take its value over. Once one differs all are to be
     * cleared.
     * @param key its key
     * @param value its value
     * @param identifier whether it is a member of the line itself
     * @return whether the entry at this place has the same key
     */
    @SuppressWarnings("ReferenceEquality") // Keys are constants, and a value that did not
                                           // change is the same object.
    boolean isNext(@Nullable String key, @Nullable String value, boolean identifier) {
        if (this.compared < 0 || this.compared == this.size) {
            return false;
        }
        Entry entry = get(this.compared);
        if (entry.identifier != identifier || (key != entry.key && !Objects.equals(key, entry.key))) {
            return false;
        }
        this.compared++;
        // The only reference that is stored: what lives long pays for it with a memory
        // barrier of the garbage collector.
        if (value != entry.value) {
            entry.value = value;
            entry.changed = true;
            this.newBytes += (value != null) ? value.length() * 6 + 2 : 4;
        }
        return true;
    }

    /** The other MDC has an entry that is not the next one. */
    void differ() {
        this.compared = -1;
    }

    /**
     * Whether the other MDC turned out to have these entries, and no other.
     * @param room the bytes that new values may take at most
     * @return whether it has
     */
    boolean areSame(int room) {
        return this.compared == this.size && this.newBytes <= room;
    }

    Entry get(int index) {
        Entry entry = this.entries[index];
        if (entry == null) {
            throw new IllegalStateException("No entry " + index);
        }
        return entry;
    }

    /**
     * One of them.
     */
    static final class Entry {

        @Nullable String key;

        @Nullable String value;

        boolean identifier;

        boolean changed;

        int start;

        int end;

    }

}
