package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.observability.starter.logging.ring.LineRing;
import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.SignalLedger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes what is in the ring, a batch per write. A batch that the
 * destination does not take is kept and tried again, until the destination takes it, is
 * gone for good, or is no longer waited for.
 */
final class WriterLoop implements Runnable {

    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LAST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    // A tenth of a second without lines; until then no line has to wake the writer.
    private static final int IDLE_LINGERS = 20;

    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LineDestination destination;

    private final LineRing ring;

    private final SignalLedger ledger;

    private final LossWatch watch;

    private final Waiters waiters;

    private final WriterRest rest = new WriterRest();

    private final BooleanSupplier full;

    private final BooleanSupplier waiting;

    private final Thread thread;

    private final CountDownLatch ended = new CountDownLatch(1);

    // Held while lines move from queued to written or lost, never while writing, so that
    // the ledger adds up.
    private final ReentrantLock moves = new ReentrantLock();

    // Lines of the batch in work that the destination has taken; with the next one
    // guarded by the lock.
    private int linesDone;

    private boolean abandoned;

    private volatile @Nullable LossReason problem;

    private volatile long writeStarted;

    private final Aftermath aftermath;

    // The thread's own.
    private int idle;

    private boolean gone;

    private volatile boolean stopping;

    private volatile long stopAt;

    WriterLoop(LineDestination destination, LineRing ring, SignalLedger ledger, LossWatch watch, Waiters waiters) {
        this.destination = destination;
        this.ring = ring;
        this.ledger = ledger;
        this.watch = watch;
        this.waiters = waiters;
        this.aftermath = new Aftermath(ring);
        this.full = ring::hasFullSegment;
        this.waiting = () -> !ring.isEmpty();
        this.thread = new Thread(null, this, "observability-log-" + destination.name(), 0, false);
        this.thread.setDaemon(true);
    }

    void start() {
        this.thread.start();
    }

    @Override
    public void run() {
        try {
            while (!isAbandoned() && step()) {
                rest();
            }
        }
        finally {
            this.waiters.wakeAll();
            closeDestination();
            this.ended.countDown();
        }
    }

    // Write what waits; false after the end of a sealed ring.
    private boolean step() {
        try {
            this.rest.begin();
            boolean worked = this.ring.take();
            if (worked) {
                writeBatch();
            }
            this.idle = worked ? 0 : this.idle + 1;
            this.aftermath.endIfDrained();
            this.watch.look(System.nanoTime(), this.problem == null);
            return worked || !this.ring.isSealed();
        }
        catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
            // Without this thread no line would ever be written again.
            LockSupport.parkNanos(this, LAST_RETRY_NANOS);
            return true;
        }
    }

    private void rest() {
        if (this.ring.isSealed()) {
            return;
        }
        if (this.idle < IDLE_LINGERS) {
            this.rest.linger(this.full);
        }
        else {
            this.ring.trim();
            this.rest.sleep(this.waiting, this.watch.isOpen() ? WATCH_NANOS : 0);
        }
    }

    private void writeBatch() {
        LossReason problem = this.problem;
        if (this.gone && problem != null) {
            settle(problem);
            return;
        }
        if (isTooLate()) {
            settle(LossReason.SHUTDOWN_TIMEOUT);
            return;
        }
        int from = 0;
        while (true) {
            int length = this.ring.batchLength();
            WriteFailure failure = write(this.ring.batch(), from, length - from);
            if (failure == null) {
                LossReason over = this.problem;
                if (over != null) {
                    this.aftermath.begin(over);
                    this.problem = null;
                }
                settle(null);
                return;
            }
            from = keepWhatWasWritten(from, failure.written());
            this.problem = failure.reason();
            this.waiters.wakeAll();
            if (failure.isPermanent()) {
                this.gone = true;
                this.ring.seal();
                settle(failure.reason());
                return;
            }
            if (isAbandoned() || isTooLate()) {
                settle(LossReason.SHUTDOWN_TIMEOUT);
                return;
            }
            this.watch.look(System.nanoTime(), false);
            pauseBeforeRetry();
        }
    }

    private @Nullable WriteFailure write(byte[] bytes, int offset, int length) {
        long start = System.nanoTime() | 1;
        this.writeStarted = start;
        try {
            this.destination.write(bytes, offset, length);
            if (System.nanoTime() - start > STALL_NANOS) {
                this.aftermath.begin(LossReason.STALLED);
            }
            return null;
        }
        catch (IOException ex) {
            return Failures.of(ex);
        }
        catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
            return new WriteFailure(LossReason.IO_ERROR, 0, false, null);
        }
        finally {
            this.writeStarted = 0;
            this.ledger.writeTook(System.nanoTime() - start);
        }
    }

    // Count the whole lines that a failed write got through.
    private int keepWhatWasWritten(int from, int written) {
        this.moves.lock();
        try {
            int line = this.linesDone;
            int end = from;
            while (line < this.ring.batchLines() && this.ring.batchLineEnd(line) <= from + written) {
                end = this.ring.batchLineEnd(line);
                line++;
            }
            if (!this.abandoned) {
                this.ledger.written(line - this.linesDone, end - from);
                this.linesDone = line;
            }
            return end;
        }
        finally {
            this.moves.unlock();
        }
    }

    // Count what is left of the batch, as written or as lost, and give its room back.
    private void settle(@Nullable LossReason lost) {
        this.moves.lock();
        try {
            if (!this.abandoned) {
                int lines = this.ring.batchLines() - this.linesDone;
                if (lost != null) {
                    this.ledger.lost(lost, lines);
                }
                else {
                    int done = (this.linesDone == 0) ? 0 : this.ring.batchLineEnd(this.linesDone - 1);
                    this.ledger.written(lines, this.ring.batchLength() - done);
                }
                this.ring.release();
                this.linesDone = 0;
            }
        }
        finally {
            this.moves.unlock();
        }
        this.waiters.wakeAll();
    }

    private void pauseBeforeRetry() {
        boolean stopping = this.stopping;
        long until = System.nanoTime() + (stopping ? LAST_RETRY_NANOS : RETRY_NANOS);
        long left = until - System.nanoTime();
        while (left > 0 && this.stopping == stopping) {
            LockSupport.parkNanos(this, left);
            // Not ours to be interrupted, and a park would return at once from now on.
            Thread.interrupted();
            left = until - System.nanoTime();
        }
    }

    private boolean isTooLate() {
        return this.stopping && System.nanoTime() - this.stopAt >= 0;
    }

    // Whether it makes sense for the calling thread to wait for the writer.
    boolean isWorthWaitingFor() {
        return problem() == null && Thread.currentThread() != this.thread;
    }

    // Why the destination takes nothing now, or null if it works.
    @Nullable LossReason problem() {
        LossReason problem = this.problem;
        if (problem != null) {
            return problem;
        }
        long start = this.writeStarted;
        return (start != 0 && System.nanoTime() - start > STALL_NANOS) ? LossReason.STALLED : null;
    }

    // Why a line found no room in the ring.
    LossReason refusal() {
        LossReason problem = problem();
        if (problem == null) {
            problem = this.aftermath.reason();
        }
        return (problem != null) ? problem : LossReason.QUEUE_FULL;
    }

    // Called after a line was added.
    void arrived(boolean hurried) {
        if (hurried) {
            this.rest.hurry(this.thread);
        }
        else if (this.rest.isSleeping() || (this.rest.isLingering() && this.ring.hasFullSegment())) {
            this.rest.wake(this.thread);
        }
    }

    // Called after a line was lost, so that the notice of it does not wait for the next
    // one.
    void lost() {
        if (this.rest.isSleeping()) {
            this.rest.hurry(this.thread);
        }
    }

    // Let the thread end once the sealed ring is empty, and wait for it.
    void stop(long nanos) {
        this.stopAt = System.nanoTime() + nanos;
        this.stopping = true;
        this.rest.hurry(this.thread);
        LockSupport.unpark(this.thread);
        if (Thread.currentThread() != this.thread && !awaitEnd(nanos + LAST_RETRY_NANOS)) {
            abandon();
        }
    }

    private boolean awaitEnd(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return this.ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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

    // The thread is within a write that may never return: nothing it does counts from now
    // on.
    private void abandon() {
        this.moves.lock();
        try {
            this.ledger.lost(LossReason.SHUTDOWN_TIMEOUT, queued());
            this.abandoned = true;
        }
        finally {
            this.moves.unlock();
        }
        this.waiters.wakeAll();
    }

    private boolean isAbandoned() {
        this.moves.lock();
        try {
            return this.abandoned;
        }
        finally {
            this.moves.unlock();
        }
    }

    private long queued() {
        return this.abandoned ? 0 : this.ring.queuedLines() - this.linesDone;
    }

    LedgerEntry entry() {
        this.moves.lock();
        try {
            return this.ledger.entry(queued(), this.ring.fillRatio(), problem());
        }
        finally {
            this.moves.unlock();
        }
    }

    private void closeDestination() {
        try {
            this.destination.close();
        }
        catch (IOException ex) {
            // All that could be written is.
        }
    }

}
