package io.observability.starter.logging.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for the writer, parked, so that a virtual thread gives its carrier
 * back. Whoever waits looks at its condition after it has enrolled, and the writer wakes
 * after it has changed something, so that no change is missed.
 */
final class Waiters {

    private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();

    // Wait until a condition holds. An interrupt does not end the wait and is not lost.
    // Returns whether the condition holds
    boolean await(BooleanSupplier done, long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        Waiter waiter = enrol();
        try {
            while (!done.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
                if (waiter.thread == null) {
                    waiter = enrol();
                }
            }
            return true;
        }
        finally {
            waiter.thread = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // Let everybody look again.
    void wakeAll() {
        Waiter waiter = this.queue.poll();
        while (waiter != null) {
            Thread thread = waiter.thread;
            waiter.thread = null;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
            waiter = this.queue.poll();
        }
    }

    private Waiter enrol() {
        Waiter waiter = new Waiter(Thread.currentThread());
        this.queue.add(waiter);
        return waiter;
    }

    private static final class Waiter {

        private volatile @Nullable Thread thread;

        Waiter(Thread thread) {
            this.thread = thread;
        }

    }

}
