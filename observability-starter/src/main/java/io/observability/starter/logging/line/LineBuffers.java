package io.observability.starter.logging.line;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * A few buffers to lend, spread over the threads by their id. Not a thread-local: a
 * million virtual threads must not have a buffer each. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LineBuffers {

    private static final int CAPACITY = 4096;

    /** A buffer that one huge line made larger than this is not kept. */
    private static final int KEPT_CAPACITY = 64 * 1024;

    // A slot's neighbours share its cache line; every eighth slot is used.
    private static final int STRIDE = 8;

    private static final int MIN_SIZE = 16;

    // Slots that are looked at for a buffer.
    private static final int NEAR = 4;

    private final AtomicReferenceArray<@Nullable LineBuffer> slots;

    private final int mask;

    /**
     * Create the buffers.
     * @param processors number of threads that are expected to write at once
     */
    public LineBuffers(int processors) {
        int size = Integer.highestOneBit(Math.max(MIN_SIZE, processors * 4) - 1) * 2;
        this.slots = new AtomicReferenceArray<>(size * STRIDE);
        this.mask = size - 1;
        for (int i = 0; i < size; i++) {
            this.slots.set(i * STRIDE, new LineBuffer(CAPACITY));
        }
    }

    /**
     * Lend a buffer.
     * @return an empty buffer
     */
    public LineBuffer take() {
        LineBuffer buffer = takeNear();
        return (buffer != null) ? buffer : make();
    }

    /**
     * Lend a buffer, unless those near are lent.
     * @return an empty buffer, or {@code null} if this thread or those beside it have
     * them
     */
    public @Nullable LineBuffer takeNear() {
        int home = slot();
        LineBuffer buffer = this.slots.getAndSet(home * STRIDE, null);
        return (buffer != null) ? buffer : takeElsewhere(home);
    }

    // A thread may lose its processor while it has a buffer, and others with the same
    // slot go on for a long time.
    private @Nullable LineBuffer takeElsewhere(int home) {
        for (int i = 1; i < NEAR; i++) {
            int slot = ((home + i) & this.mask) * STRIDE;
            if (this.slots.getOpaque(slot) != null) {
                LineBuffer buffer = this.slots.getAndSet(slot, null);
                if (buffer != null) {
                    return buffer;
                }
            }
        }
        return null;
    }

    /**
     * A buffer for where none could be lent.
     * @return an empty buffer
     */
    public LineBuffer make() {
        return new LineBuffer(CAPACITY);
    }

    /**
     * Give a buffer back.
     * @param buffer the buffer, which nobody uses any more
     */
    public void giveBack(LineBuffer buffer) {
        LineBuffer kept = buffer;
        if (buffer.capacity() > KEPT_CAPACITY) {
            kept = new LineBuffer(CAPACITY);
            kept.writing = buffer.writing;
        }
        kept.truncate(0);
        int home = slot();
        if (this.slots.getOpaque(home * STRIDE) == null) {
            // Two that give back at once may lose one of the two; a later line makes
            // another.
            this.slots.setRelease(home * STRIDE, kept);
        }
        else {
            giveBackElsewhere(home, kept);
        }
    }

    private void giveBackElsewhere(int home, LineBuffer buffer) {
        for (int i = 1; i <= this.mask; i++) {
            int slot = ((home + i) & this.mask) * STRIDE;
            if (this.slots.getOpaque(slot) == null && this.slots.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    @SuppressWarnings("deprecation") // threadId() is newer than Java 17.
    private int slot() {
        long id = Thread.currentThread().getId();
        return (int) (id ^ (id >>> 16)) & this.mask;
    }

}
