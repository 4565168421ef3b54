package io.observability.sample.shop.failure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does something so many times a second, in twenty portions.
 */
final class Pace {

    private static final int TICKS_PER_SECOND = 20;

    private Pace() {
    }

    /**
     * Go on until the thread is interrupted.
     * @param rate how many times a second
     * @param work what to do
     */
    static void keep(int rate, Runnable work) {
        long tick = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
        long next = System.nanoTime();
        long due = 0;
        while (!Thread.currentThread().isInterrupted()) {
            due += rate;
            for (; due >= TICKS_PER_SECOND; due -= TICKS_PER_SECOND) {
                work.run();
            }
            // What slow work delays is not caught up with: the rate is a bound.
            next = Math.max(next + tick, System.nanoTime());
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

}
