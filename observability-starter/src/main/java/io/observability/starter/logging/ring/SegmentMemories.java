package io.observability.starter.logging.ring;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Memory for the segments of a ring. Most of the time one segment is filled while another
 * is drained: what these need is kept for ever, what a burst needs on top until it is
 * over. Thread-safe.
 */
final class SegmentMemories {

    private static final int KEPT = 2;

    private static final int BYTES_PER_LINE = 64;

    private static final int MIN_LINES = 16;

    private final AtomicReferenceArray<@Nullable SegmentMemory> kept;

    private final int bytes;

    private final int lines;

    SegmentMemories(int segments, int bytes) {
        this.kept = new AtomicReferenceArray<>(segments);
        this.bytes = bytes;
        this.lines = Math.max(MIN_LINES, bytes / BYTES_PER_LINE);
    }

    int bytes() {
        return this.bytes;
    }

    int lines() {
        return this.lines;
    }

    SegmentMemory take() {
        for (int i = 0; i < this.kept.length(); i++) {
            SegmentMemory memory = this.kept.getAndSet(i, null);
            if (memory != null) {
                return memory;
            }
        }
        return new SegmentMemory(this.bytes, this.lines);
    }

    // Nobody uses it any more, and all its ends are 0.
    void giveBack(SegmentMemory memory) {
        for (int i = 0; i < this.kept.length(); i++) {
            if (this.kept.compareAndSet(i, null, memory)) {
                return;
            }
        }
    }

    // A burst is over.
    void trim() {
        for (int i = KEPT; i < this.kept.length(); i++) {
            this.kept.set(i, null);
        }
    }

}
