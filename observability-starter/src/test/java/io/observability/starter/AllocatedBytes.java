package io.observability.starter;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * Counts what the calling thread allocates.
 */
public final class AllocatedBytes {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int WARM_UP = 20_000;

    private static final int ROUNDS = 5;

    private static final int RUNS = 10_000;

    private AllocatedBytes() {
    }

    /**
     * What one run allocates once its code is compiled.
     * @param work the work
     * @return bytes a run, rounded down, in the round that allocated least
     */
    public static long perRun(Runnable work) {
        repeat(work, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            repeat(work, RUNS);
            long after = THREADS.getCurrentThreadAllocatedBytes();
            // A compiler thread may swap code under us and allocate on our account.
            least = Math.min(least, (after - before) / RUNS);
        }
        return least;
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

}
