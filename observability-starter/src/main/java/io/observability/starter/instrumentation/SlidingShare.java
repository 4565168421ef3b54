package io.observability.starter.instrumentation;

import java.time.Duration;

/**
 * Share of what is complete among what was expected, over a sliding window, from counts
 * that rise since the start. Samples of the counts are taken when the share is read, so
 * that nothing runs in between and counting costs nothing more; the memory is fixed. If
 * nobody reads for longer than the window, the next share reaches back to the last read.
 * Thread-safe.
 */
final class SlidingShare {

    /** So fine is the window: it may be longer by one part of so many. */
    private static final int PARTS = 20;

    // The beginning of the window, one for each part, and the part that has just begun.
    private static final int SAMPLES = PARTS + 2;

    private final long windowNanos;

    private final long[] times = new long[SAMPLES];

    private final long[] expected = new long[SAMPLES];

    private final long[] complete = new long[SAMPLES];

    private int oldest;

    private int count;

    SlidingShare(Duration window, long startNanos) {
        this.windowNanos = window.toNanos();
        add(startNanos, 0, 0);
    }

    /**
     * The share now.
     * @param nanos the time, of any origin
     * @param expectedSoFar how much was expected since the start
     * @param completeSoFar how much of that was complete
     * @return the share from 0 to 1, or {@code NaN} if nothing was expected
     */
    synchronized double at(long nanos, long expectedSoFar, long completeSoFar) {
        if (expectedSoFar < this.expected[newest()]) {
            // Who counts was set up anew, and begins at nothing.
            this.count = 0;
            add(nanos, 0, 0);
        }
        while (this.count > 1 && nanos - this.times[next(this.oldest)] >= this.windowNanos) {
            this.oldest = next(this.oldest);
            this.count--;
        }
        double ofWindow = expectedSoFar - this.expected[this.oldest];
        double share = (completeSoFar - this.complete[this.oldest]) / ofWindow;
        if (nanos - this.times[newest()] >= this.windowNanos / PARTS) {
            add(nanos, expectedSoFar, completeSoFar);
        }
        // Both counts are read while they rise.
        return (ofWindow > 0) ? Math.min(1, Math.max(0, share)) : Double.NaN;
    }

    private void add(long nanos, long expectedSoFar, long completeSoFar) {
        int index = (this.oldest + this.count) % SAMPLES;
        this.times[index] = nanos;
        this.expected[index] = expectedSoFar;
        this.complete[index] = completeSoFar;
        this.count++;
    }

    private int newest() {
        return (this.oldest + this.count - 1) % SAMPLES;
    }

    private static int next(int index) {
        return (index + 1) % SAMPLES;
    }

}
