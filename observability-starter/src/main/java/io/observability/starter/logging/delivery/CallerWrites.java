package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.SignalLedger;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous way: the caller writes its line, one caller at a time. A line that a
 * destination does not take is lost, and for a second nobody tries again.
 */
final class CallerWrites implements Handover {

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    // A tick is about a millisecond.
    private static final int NANOS_A_TICK_SHIFT = 20;

    private static final int STALL_TICKS = (int) (TimeUnit.SECONDS.toNanos(1) >> NANOS_A_TICK_SHIFT);

    // Each write counts twice.
    private static final int TIMED_MASK = 2 * 16 - 1;

    private final LineDestination destination;

    private final DeliverySettings settings;

    private final SignalLedger ledger;

    private final LossWatch watch;

    private final ReentrantLock lock = new ReentrantLock();

    private final AtomicBoolean looking = new AtomicBoolean();

    private volatile boolean looked = true;

    private volatile @Nullable LossReason problem;

    // Odd while a write is under way. Two looks at a clock cost a tenth of a line:
    // whoever waits takes the time, and of the writes one in sixteen is timed.
    private final AtomicLong writes = new AtomicLong();

    // The write that somebody waits for, and since when, in milliseconds.
    private final AtomicLong awaited = new AtomicLong();

    private long retryAt;

    private boolean gone;

    private volatile boolean closed;

    CallerWrites(LineDestination destination, DeliverySettings settings, SignalLedger ledger, LossWatch watch) {
        this.destination = destination;
        this.settings = settings;
        this.ledger = ledger;
        this.watch = watch;
    }

    @Override
    public void deliver(byte[] line, int offset, int length, Urgency urgency) {
        // A destination that logs while it writes would wait for itself.
        if (this.lock.isHeldByCurrentThread() || !enter()) {
            lose(isStalled() ? LossReason.STALLED : LossReason.QUEUE_FULL);
        }
        else {
            try {
                write(line, offset, length);
            }
            finally {
                this.lock.unlock();
            }
        }
        if (!this.looked || this.watch.isOpen()) {
            look();
        }
    }

    private void write(byte[] line, int offset, int length) {
        LossReason problem = this.problem;
        if (this.closed || this.gone) {
            lose(LossReason.CLOSED);
        }
        else if (problem != null && System.nanoTime() - this.retryAt < 0) {
            lose(problem);
        }
        else {
            attempt(line, offset, length);
        }
    }

    private void attempt(byte[] line, int offset, int length) {
        long write = this.writes.getPlain() + 1;
        boolean timed = (write & TIMED_MASK) == 1;
        long start = timed ? System.nanoTime() : 0;
        this.writes.setRelease(write);
        try {
            this.destination.write(line, offset, length);
            this.ledger.written(1, length);
            if (this.problem != null) {
                this.problem = null;
            }
        }
        catch (IOException ex) {
            WriteFailure failure = Failures.of(ex);
            this.gone = failure.isPermanent();
            fail(failure.reason());
        }
        catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
            fail(LossReason.IO_ERROR);
        }
        finally {
            this.writes.setRelease(write + 1);
            if (timed) {
                this.ledger.writeTook(System.nanoTime() - start);
            }
        }
    }

    private void fail(LossReason reason) {
        this.problem = reason;
        this.retryAt = System.nanoTime() + RETRY_NANOS;
        lose(reason);
    }

    private boolean enter() {
        if (this.lock.tryLock()) {
            return true;
        }
        if (isStalled()) {
            return false;
        }
        // Whoever holds the lock writes one line, so the longer wait is the one that
        // fits.
        return lockWithin(Math.max(this.settings.maxErrorWait().toNanos(), this.settings.maxWait().toNanos()));
    }

    private boolean lockWithin(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return this.lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
                catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // Whether the same write has been under way for long since somebody first waited.
    private boolean isStalled() {
        long write = this.writes.getAcquire();
        if ((write & 1) == 0) {
            return false;
        }
        int now = (int) (System.nanoTime() >> NANOS_A_TICK_SHIFT);
        long seen = this.awaited.get();
        if ((int) (seen >>> 32) != (int) write) {
            this.awaited.compareAndSet(seen, (write << 32) | (now & 0xffffffffL));
            return false;
        }
        return now - (int) seen > STALL_TICKS;
    }

    private void lose(LossReason reason) {
        this.ledger.lost(reason, 1);
        this.looked = false;
    }

    // A notice that logs comes back here, and finds that somebody is looking.
    private void look() {
        if (this.looking.compareAndSet(false, true)) {
            try {
                this.looked = true;
                this.watch.look(System.nanoTime(), this.problem == null);
            }
            finally {
                this.looking.set(false);
            }
        }
    }

    @Override
    public boolean flush(long nanos) {
        if (!lockWithin(nanos)) {
            return false;
        }
        this.lock.unlock();
        return true;
    }

    @Override
    public void close() {
        this.closed = true;
        if (!lockWithin(this.settings.shutdownTimeout().toNanos())) {
            return;
        }
        try {
            this.destination.close();
        }
        catch (IOException ex) {
            // Each line was written before its call returned.
        }
        finally {
            this.lock.unlock();
        }
    }

    @Override
    public LedgerEntry entry() {
        return this.ledger.entry(0, 0, isStalled() ? LossReason.STALLED : this.problem);
    }

}
