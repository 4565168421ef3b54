package io.observability.starter.logging.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How the writer rests between batches, and who may wake it. A line costs its caller a
 * wake-up only if the writer has been idle, or if it is urgent.
 */
final class WriterRest {

    // Between batches, so that one write takes many lines.
    static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int AWAKE = 0;

    private static final int LINGERING = 1;

    private static final int SLEEPING = 2;

    private final AtomicInteger state = new AtomicInteger();

    private volatile boolean hurry;

    // Called by the writer before it looks for lines.
    void begin() {
        this.hurry = false;
    }

    // Rest a little, until something urgent comes.
    void linger(BooleanSupplier full) {
        rest(LINGERING, LINGER_NANOS, full);
    }

    // Rest until anything comes.
    void sleep(BooleanSupplier waiting, long nanos) {
        rest(SLEEPING, nanos, waiting);
    }

    private void rest(int state, long nanos, BooleanSupplier work) {
        this.state.set(state);
        // Looked at after the state is set, as a caller looks at the state after it has
        // added a line.
        if (!this.hurry && !work.getAsBoolean()) {
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
            else {
                LockSupport.park(this);
            }
            // Not ours to be interrupted, and a park would return at once from now on.
            Thread.interrupted();
        }
        this.state.set(AWAKE);
    }

    // Whether the writer waits for the first line after a while without.
    boolean isSleeping() {
        return this.state.get() == SLEEPING;
    }

    boolean isLingering() {
        return this.state.get() == LINGERING;
    }

    // Have the writer look at once, now or, if it is at work, right after.
    void hurry(Thread writer) {
        this.hurry = true;
        wake(writer);
    }

    void wake(Thread writer) {
        if (this.state.getAndSet(AWAKE) != AWAKE) {
            LockSupport.unpark(writer);
        }
    }

}
