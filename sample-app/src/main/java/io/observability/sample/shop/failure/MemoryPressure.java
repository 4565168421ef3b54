package io.observability.sample.shop.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the heap up to a share of its largest size and keeps it filled, as a cache
 * without a bound does. At 100 percent it asks for more until there is none, lets go and
 * asks again, as a query does that reads a whole table.
 */
final class MemoryPressure implements Disturbance {

    private static final Logger LOGGER = LoggerFactory.getLogger(MemoryPressure.class);

    // Below half a region of any collector's largest regions, so that no block is a
    // humongous one that costs twice its size.
    private static final int BLOCK = 256 * 1024;

    static final int EVERYTHING = 100;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @Override
    public FailureKind kind() {
        return FailureKind.MEMORY;
    }

    @Override
    public Ending begin(Failure failure) {
        if (failure.heapPercent() == EVERYTHING) {
            Thread thread = new Thread(MemoryPressure::exhaust, "memory");
            thread.setDaemon(true);
            thread.start();
            return thread::interrupt;
        }
        List<byte[]> blocks = new ArrayList<>();
        Runtime runtime = Runtime.getRuntime();
        long limit = runtime.maxMemory() / 100 * failure.heapPercent();
        while (runtime.totalMemory() - runtime.freeMemory() + BLOCK < limit) {
            blocks.add(new byte[BLOCK]);
        }
        LOGGER.info("Holding {} MiB of heap", (long) blocks.size() * BLOCK / (1024 * 1024));
        return blocks::clear;
    }

    private static void exhaust() {
        while (!Thread.currentThread().isInterrupted()) {
            int blocks = takeAll();
            LOGGER.error("Out of memory after {} MiB", (long) blocks * BLOCK / (1024 * 1024));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static int takeAll() {
        // Before the heap is full, so that the list never grows when there is no room.
        List<byte[]> blocks = new ArrayList<>((int) (Runtime.getRuntime().maxMemory() / BLOCK));
        try {
            while (!Thread.currentThread().isInterrupted()) {
                blocks.add(new byte[BLOCK]);
            }
        }
        catch (OutOfMemoryError ex) {
            // What was asked for.
        }
        return blocks.size();
    }

}
