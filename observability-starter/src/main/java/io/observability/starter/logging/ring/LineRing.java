package io.observability.starter.logging.ring;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Bounded hand-over of whole lines from many threads to one writer, by memory and not by
 * count. Lines are appended to the open one of a few segments; the writer closes it,
 * which opens the next, and writes what it holds at once. No lock, no object per line,
 * and memory that is touched in order.
 * <p>
 * The methods from {@link #take} to {@link #release} belong to the one writer, all others
 * to any thread. A line is taken exactly once or was refused, and the lines of one thread
 * stay in their order.
 *
 * @since 0.1.0
 */
public final class LineRing {

    /** What {@link #offer} returns for a line that was refused. */
    public static final long REFUSED = -1;

    private static final long SEALED = Long.MAX_VALUE;

    private static final int SPINS = 100;

    private static final long PAUSE_NANOS = 10_000;

    private final Segment[] segments;

    private final SegmentMemories memories;

    private final int mask;

    private final int segmentBytes;

    // Turn of the segment that is filled, and of the one that is drained next.
    private final AtomicLong head = new AtomicLong();

    private final AtomicLong tail = new AtomicLong();

    // The turn that was the head when the ring was sealed; written before the head is.
    private volatile long last;

    // The writer's own.
    private boolean taken;

    private int length;

    private int lines;

    /**
     * Create a ring. It takes memory once lines come.
     * @param segmentCount number of segments, a power of two, at least 2
     * @param segmentBytes bytes of a segment, and so of the longest line
     */
    public LineRing(int segmentCount, int segmentBytes) {
        if (segmentCount < 2 || Integer.bitCount(segmentCount) != 1 || segmentBytes < 1) {
            throw new IllegalArgumentException(
                    "segments must be a power of two of at least 2, and hold at least a byte");
        }
        this.segments = new Segment[segmentCount];
        this.memories = new SegmentMemories(segmentCount, segmentBytes);
        for (int i = 0; i < segmentCount; i++) {
            this.segments[i] = new Segment(this.memories, i);
        }
        this.mask = segmentCount - 1;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Hand over a line.
     * @param line where the line is
     * @param offset where it begins
     * @param length its length in bytes, at least 1
     * @param reserved number of segments that must stay free for more important lines
     * @return a mark for {@link #isDrained}, or {@link #REFUSED}
     */
    public long offer(byte[] line, int offset, int length, int reserved) {
        if (length > this.segmentBytes) {
            return REFUSED;
        }
        while (true) {
            long turn = this.head.get();
            if (turn - this.tail.get() >= this.segments.length - reserved) {
                return REFUSED;
            }
            Segment segment = segment(turn);
            // Whoever comes first opens it.
            segment.open(turn);
            if (segment.append(line, offset, length)) {
                // A segment that came round meanwhile was open for a later turn, which is
                // not later than this.
                return mark();
            }
            if (segment.isClosed() && !advance(turn)) {
                return REFUSED;
            }
        }
    }

    /**
     * A mark that all lines handed over so far are drained by.
     * @return a mark for {@link #isDrained}
     */
    public long mark() {
        long turn = this.head.get();
        return (turn == SEALED) ? this.last : turn;
    }

    /**
     * Whether a line has been drained.
     * @param mark what {@link #offer} returned for the line
     * @return whether the line, and all before it, has been drained
     */
    public boolean isDrained(long mark) {
        long drained = this.tail.get();
        return drained > mark || (drained == mark && segment(mark).lines() == 0);
    }

    /**
     * Whether nothing waits to be drained.
     * @return whether the ring is empty
     */
    public boolean isEmpty() {
        return isDrained(mark());
    }

    /**
     * Whether more waits than the segment that is being filled.
     * @return whether a segment is full
     */
    public boolean hasFullSegment() {
        return mark() > this.tail.get();
    }

    /**
     * Lines that wait to be drained.
     * @return their number, exact while nobody offers or drains
     */
    public long queuedLines() {
        long sum = 0;
        for (Segment segment : this.segments) {
            sum += segment.lines();
        }
        return sum;
    }

    /**
     * How full the ring is.
     * @return from 0 to 1
     */
    public double fillRatio() {
        long used = 0;
        for (Segment segment : this.segments) {
            used += segment.used();
        }
        return (double) used / ((long) this.segments.length * this.segmentBytes);
    }

    /**
     * Refuse each line from now on. What has been handed over can still be drained.
     */
    public void seal() {
        while (true) {
            long turn = this.head.get();
            if (turn == SEALED) {
                return;
            }
            Segment segment = segment(turn);
            // Closed, it has had its turn, whoever comes late to open it.
            segment.close(turn);
            this.last = turn;
            if (this.head.compareAndSet(turn, SEALED)) {
                return;
            }
        }
    }

    /**
     * Whether the ring refuses each line.
     * @return whether {@link #seal} was called
     */
    public boolean isSealed() {
        return this.head.get() == SEALED;
    }

    /**
     * Take what waits in the oldest segment, as one batch. Until it is released it stays,
     * and is taken again.
     * @return whether there is a batch
     */
    public boolean take() {
        while (!this.taken) {
            long turn = this.tail.get();
            long head = mark();
            if (turn > head) {
                return false;
            }
            Segment segment = segment(turn);
            if (turn == head) {
                if (segment.lines() == 0 && !isSealed()) {
                    return false;
                }
                segment.close(turn);
                advance(turn);
            }
            awaitLines(segment);
            this.lines = segment.lines();
            this.length = segment.length();
            this.taken = true;
            if (this.lines == 0) {
                release();
            }
        }
        return true;
    }

    /**
     * Where the batch is.
     * @return the array that the batch is at the start of
     */
    public byte[] batch() {
        return segment(this.tail.get()).bytes();
    }

    /**
     * Length of the batch.
     * @return number of bytes
     */
    public int batchLength() {
        return this.length;
    }

    /**
     * Lines of the batch.
     * @return their number
     */
    public int batchLines() {
        return this.lines;
    }

    /**
     * Where a line of the batch ends.
     * @param line its number, from 0
     * @return the offset behind it
     */
    public int batchLineEnd(int line) {
        return segment(this.tail.get()).end(line);
    }

    /** Give the batch's room back. */
    public void release() {
        long turn = this.tail.get();
        segment(turn).release(turn + this.segments.length);
        this.taken = false;
        this.tail.set(turn + 1);
    }

    /** Give up memory that only bursts need. */
    public void trim() {
        this.memories.trim();
    }

    private boolean advance(long turn) {
        long next = turn + 1;
        if (next - this.tail.get() >= this.segments.length) {
            return false;
        }
        // Whether this moves it or somebody else did.
        this.head.compareAndSet(turn, next);
        return true;
    }

    // Whoever claimed room is copying, and may have lost its core, on a small machine to
    // this very thread.
    private static void awaitLines(Segment segment) {
        int lines = segment.lines();
        int waits = 0;
        for (int line = 0; line < lines; line++) {
            while (!segment.isThere(line)) {
                if (waits < SPINS) {
                    Thread.onSpinWait();
                }
                else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                waits++;
            }
        }
    }

    private Segment segment(long turn) {
        return this.segments[(int) turn & this.mask];
    }

}
