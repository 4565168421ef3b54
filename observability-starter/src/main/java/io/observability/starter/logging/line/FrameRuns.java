package io.observability.starter.logging.line;

import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Parts of stack traces that were written before: a frame rarely comes without the frames
 * around it, and to recognise sixteen and copy them at once takes half of what sixteen
 * take one by one. A trace is cut into parts from its outermost frame on, which different
 * failures share with it.
 * <p>
 * A table of a fixed size, raced for as that of {@link FrameCache}. Holds at most 256
 * parts of at most 3 KiB, 0.9 MB with what they are recognised by, and about half of that
 * in practice. A part gets a place when it is seen again, so that failures that come once
 * take none.
 */
final class FrameRuns {

    /** Frames of a part; the innermost part of a trace has what is left. */
    static final int FRAMES = 16;

    /** One for all writers: they write the same failures. */
    static final FrameRuns SHARED = new FrameRuns(256, 3 * 1024, FrameCache.SHARED);

    private final @Nullable FrameRun[] table;

    private final int[] seenOnce;

    private final int maxBytes;

    private final FrameCache frames;

    /**
     * Create a cache.
     * @param size the number of parts, a power of two
     * @param maxBytes the bytes of a part above which it is not kept
     * @param frames the cache of single frames
     */
    FrameRuns(int size, int maxBytes, FrameCache frames) {
        this.table = new FrameRun[size];
        this.seenOnce = new int[size];
        this.maxBytes = maxBytes;
        this.frames = frames;
    }

    /**
     * Where the part that begins at a frame ends.
     * @param from the index of the frame
     * @param length the number of frames of the whole trace
     * @return the index after the part's last frame
     */
    static int end(int from, int length) {
        int odd = (length - from) % FRAMES;
        return from + ((odd == 0) ? FRAMES : odd);
    }

    /**
     * Look a part of a trace up.
     * @param trace the trace
     * @param from the index of the part's first frame
     * @param to the index after its last frame
     * @return the part, or {@code null} if it is to be written frame by frame
     */
    @Nullable FrameRun get(StackTraceElementProxy[] trace, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + trace[i].getStackTraceElement().getLineNumber();
        }
        hash = hash * 31 + trace[from].getStackTraceElement().getClassName().hashCode();
        // The golden ratio spreads what differs by little.
        int slot = (hash * 0x9e3779b9) >>> 8 & (this.table.length - 1);
        FrameRun first = this.table[slot];
        if (first != null && first.isOf(trace, from, to)) {
            return first;
        }
        FrameRun second = this.table[slot ^ 1];
        if (second != null && second.isOf(trace, from, to)) {
            return second;
        }
        return add(trace, from, to, hash, (first != null) ? slot ^ 1 : slot);
    }

    private @Nullable FrameRun add(StackTraceElementProxy[] trace, int from, int to, int hash, int slot) {
        if (this.seenOnce[slot] != hash) {
            this.seenOnce[slot] = hash;
            return null;
        }
        FrameRun made = new FrameRun(trace, from, to, this.frames);
        if (made.bytes.length > this.maxBytes) {
            this.seenOnce[slot] = ~hash;
            return null;
        }
        this.table[slot] = made;
        return made;
    }

}
