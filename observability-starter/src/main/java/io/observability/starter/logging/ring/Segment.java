package io.observability.starter.logging.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * One stretch of memory that many threads fill and one drains. Its life is one number:
 * free for a turn, open with so many lines and bytes claimed, or closed with so many to
 * come. A claimed line is there once its end is noted.
 */
final class Segment {

    private static final VarHandle END = MethodHandles.arrayElementVarHandle(int[].class);

    // Free for turn t is -(t + 1); otherwise bytes, lines, and whether closed.
    private static final long CLOSED = 1L << 62;

    private static final long LINE = 1L << 32;

    private final int capacity;

    private final int maxLines;

    private final AtomicLong state;

    private final SegmentMemories memories;

    private final AtomicReference<@Nullable SegmentMemory> memory = new AtomicReference<>();

    Segment(SegmentMemories memories, long turn) {
        this.memories = memories;
        this.capacity = memories.bytes();
        this.maxLines = memories.lines();
        this.state = new AtomicLong(free(turn));
    }

    private static long free(long turn) {
        return -(turn + 1);
    }

    private static int bytesOf(long state) {
        return (int) state;
    }

    private static int linesOf(long state) {
        return (int) ((state & ~CLOSED) >>> 32);
    }

    // Append a line if the segment is open and has room. One that has not is closed, so
    // that its turn ends.
    // Returns whether the line was appended
    boolean append(byte[] source, int offset, int length) {
        while (true) {
            long claimed = this.state.get();
            if (claimed < 0 || claimed >= CLOSED) {
                return false;
            }
            int start = bytesOf(claimed);
            int line = linesOf(claimed);
            if (start + length > this.capacity || line == this.maxLines) {
                // Of another turn by now, it is closed early, which does no harm.
                this.state.compareAndSet(claimed, claimed | CLOSED);
                return false;
            }
            if (this.state.compareAndSet(claimed, claimed + length + LINE)) {
                SegmentMemory memory = memory();
                System.arraycopy(source, offset, memory.bytes, start, length);
                // Releases the bytes to the writer, which waits for each end.
                END.setRelease(memory.ends, line, start + length);
                return true;
            }
            Thread.onSpinWait();
        }
    }

    // Take no more lines in this turn, even if it has not begun.
    void close(long turn) {
        this.state.compareAndSet(free(turn), CLOSED);
        long claimed = this.state.get();
        while (claimed >= 0 && claimed < CLOSED && !this.state.compareAndSet(claimed, claimed | CLOSED)) {
            claimed = this.state.get();
        }
    }

    // Open the segment for a turn, once, whoever comes first. Who comes late may give
    // memory to a segment that waits for its next turn, which will need it.
    void open(long turn) {
        long free = free(turn);
        if (this.state.get() == free) {
            if (this.memory.get() == null) {
                SegmentMemory memory = this.memories.take();
                if (!this.memory.compareAndSet(null, memory)) {
                    this.memories.giveBack(memory);
                }
            }
            this.state.compareAndSet(free, 0);
        }
    }

    boolean isClosed() {
        return this.state.get() >= CLOSED;
    }

    // Lines claimed, whether or not they are all there.
    int lines() {
        long claimed = this.state.get();
        return (claimed < 0) ? 0 : linesOf(claimed);
    }

    // Bytes claimed; all of them once the segment is closed.
    int used() {
        long claimed = this.state.get();
        if (claimed < 0) {
            return 0;
        }
        return (claimed >= CLOSED) ? this.capacity : bytesOf(claimed);
    }

    // Bytes of the lines that a closed segment holds.
    int length() {
        return bytesOf(this.state.get());
    }

    // Whether the line with this number has been copied in.
    boolean isThere(int line) {
        return (int) END.getAcquire(memory().ends, line) != 0;
    }

    int end(int line) {
        return memory().ends[line];
    }

    byte[] bytes() {
        return memory().bytes;
    }

    // Give a drained segment back, for a later turn, and its memory to whichever segment
    // is opened next.
    void release(long turn) {
        SegmentMemory memory = this.memory.getAndSet(null);
        if (memory != null) {
            Arrays.fill(memory.ends, 0, lines(), 0);
            this.memories.giveBack(memory);
        }
        this.state.set(free(turn));
    }

    private SegmentMemory memory() {
        SegmentMemory memory = this.memory.getPlain();
        if (memory == null) {
            throw new IllegalStateException("never opened");
        }
        return memory;
    }

}
