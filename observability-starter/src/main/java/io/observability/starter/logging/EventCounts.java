package io.observability.starter.logging;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;

/**
 * Counts events by level. Counting allocates nothing. Thread-safe.
 */
final class EventCounts {

    // Logback's numbers: TRACE is 5,000, DEBUG 10,000, ERROR 40,000.
    private static final int STEP = 10_000;

    private final LongAdder[] counts = Stream.generate(LongAdder::new)
        .limit(place(Level.ERROR_INT) + 1L)
        .toArray(LongAdder[]::new);

    void count(Level level) {
        this.counts[place(level.toInt())].increment();
    }

    long of(Level level) {
        return this.counts[place(level.toInt())].sum();
    }

    // What lies outside of the five levels counts as the nearest.
    private static int place(int level) {
        return Math.max(0, Math.min(level, Level.ERROR_INT)) / STEP;
    }

}
