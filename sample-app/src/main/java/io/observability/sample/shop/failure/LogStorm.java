package io.observability.sample.shop.failure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same warning over and over, as from a loop that retries without a pause.
 */
final class LogStorm implements Disturbance {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogStorm.class);

    private static final int TICKS_PER_SECOND = 20;

    @Override
    public FailureKind kind() {
        return FailureKind.LOG_STORM;
    }

    @Override
    public Ending begin(Failure failure) {
        Thread thread = new Thread(() -> blow(failure.rate()), "log-storm");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private static void blow(int rate) {
        long tick = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
        long next = System.nanoTime();
        long due = 0;
        long attempt = 0;
        while (!Thread.currentThread().isInterrupted()) {
            due += rate;
            for (; due >= TICKS_PER_SECOND; due -= TICKS_PER_SECOND) {
                LOGGER.warn("Carrier does not answer, attempt {}", ++attempt);
            }
            // What a slow log output delays is not caught up with: the rate is a bound.
            next = Math.max(next + tick, System.nanoTime());
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

}
