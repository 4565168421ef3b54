package io.observability.sample.shop.failure;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the heap up to a share of its largest size and keeps it filled, as a cache
 * without a bound does.
 */
final class MemoryPressure implements Disturbance {

    private static final Logger LOGGER = LoggerFactory.getLogger(MemoryPressure.class);

    // Below half a region of any collector's largest regions, so that no block is a
    // humongous one that costs twice its size.
    private static final int BLOCK = 256 * 1024;

    @Override
    public FailureKind kind() {
        return FailureKind.MEMORY;
    }

    @Override
    public Ending begin(Failure failure) {
        List<byte[]> blocks = new ArrayList<>();
        Runtime runtime = Runtime.getRuntime();
        long limit = runtime.maxMemory() / 100 * failure.heapPercent();
        while (runtime.totalMemory() - runtime.freeMemory() + BLOCK < limit) {
            blocks.add(new byte[BLOCK]);
        }
        LOGGER.info("Holding {} MiB of heap", (long) blocks.size() * BLOCK / (1024 * 1024));
        return blocks::clear;
    }

}
