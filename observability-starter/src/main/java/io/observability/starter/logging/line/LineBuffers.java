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

    private final AtomicReferenceArray<@Nullable LineBuffer> slots;

    private final int mask;

    /**
     * Create the buffers.
     * @param processors number of threads that are expected to write at once
     */
    public LineBuffers(int processors) {
        int size = Integer.highestOneBit(Math.max(2, processors * 4 - 1)) * 2;
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
     * @return an empty buffer, or {@code null} if this thread or one beside it has it
     */
    public @Nullable LineBuffer takeNear() {
        int slot = slot();
        LineBuffer buffer = this.slots.getAndSet(slot * STRIDE, null);
        return (buffer != null) ? buffer : this.slots.getAndSet(((slot + 1) & this.mask) * STRIDE, null);
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
        int slot = slot();
        // Two that give back at once may lose one of the two; the next line makes
        // another.
        int free = (this.slots.getOpaque(slot * STRIDE) == null) ? slot : (slot + 1) & this.mask;
        this.slots.setRelease(free * STRIDE, kept);
    }

    @SuppressWarnings("deprecation") // threadId() is newer than Java 17.
    private int slot() {
        long id = Thread.currentThread().getId();
        return (int) (id ^ (id >>> 16)) & this.mask;
    }

}
