package io.observability.starter.logging.line;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few states to lend, spread over the threads by their id. Not a thread-local: a
 * million virtual threads must not have a buffer each. Where two threads meet, or a
 * {@code toString()} logs while a line is written, the second makes a state of its own.
 */
final class LinePool {

    // A slot's neighbours share its cache line; every eighth slot is used.
    private static final int STRIDE = 8;

    private final AtomicReferenceArray<LineWriting> slots;

    private final int mask;

    private final Supplier<LineWriting> factory;

    LinePool(int processors, Supplier<LineWriting> factory) {
        int size = Integer.highestOneBit(Math.max(2, processors * 4 - 1)) * 2;
        this.slots = new AtomicReferenceArray<>(size * STRIDE);
        this.mask = size - 1;
        this.factory = factory;
    }

    LineWriting take() {
        LineWriting state = this.slots.getAndSet(slot(), null);
        return (state != null) ? state : this.factory.get();
    }

    void giveBack(LineWriting state) {
        state.end();
        this.slots.setRelease(slot(), state);
    }

    @SuppressWarnings("deprecation") // threadId() is newer than Java 17.
    private int slot() {
        long id = Thread.currentThread().getId();
        return ((int) (id ^ (id >>> 16)) & this.mask) * STRIDE;
    }

}
