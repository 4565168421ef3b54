package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.observability.starter.context.Unobserved;
import org.jspecify.annotations.Nullable;

/**
 * One check, its present run and its last result. Claimed and queued by the scheduling
 * thread, run by one worker at a time, read by any thread.
 */
final class MonitoredCheck implements Runnable {

    private static final int MAX_REMARK_LENGTH = 200;

    private final String name;

    private final HealthTimings timings;

    private final LongSupplier nanoTime;

    private final Clock clock;

    private final Runnable whenDone;

    // From here on the check has to come up with a result, even if no worker is free.
    private final long since;

    private final AtomicBoolean claimed = new AtomicBoolean();

    private volatile HealthCheck check;

    private volatile @Nullable Run present;

    private volatile @Nullable Result last;

    private long claimedAt;

    private volatile boolean everClaimed;

    MonitoredCheck(String name, HealthCheck check, HealthTimings timings, LongSupplier nanoTime, Clock clock,
            Runnable whenDone) {
        this.name = name;
        this.check = check;
        this.timings = timings;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.whenDone = whenDone;
        this.since = nanoTime.getAsLong();
    }

    String name() {
        return this.name;
    }

    void replace(HealthCheck check) {
        this.check = check;
    }

    /**
     * Claim the check for a run if it is due; a check that hangs stays claimed. Only for
     * the scheduling thread.
     * @return whether the check was claimed
     */
    boolean claimIfDue() {
        long now = this.nanoTime.getAsLong();
        if (this.everClaimed && now - this.claimedAt < this.timings.interval().toNanos()) {
            return false;
        }
        if (!this.claimed.compareAndSet(false, true)) {
            return false;
        }
        this.claimedAt = now;
        this.everClaimed = true;
        return true;
    }

    /**
     * Give back a claim that will not be run. The check is due again at once, not after
     * the interval of a run that never was.
     */
    void release() {
        this.everClaimed = false;
        this.claimed.set(false);
    }

    /**
     * Whether the check runs, or waits for its turn.
     * @return whether it does
     */
    boolean isClaimed() {
        return this.claimed.get();
    }

    /**
     * Whether the present run takes too long. Its thread is interrupted if the check
     * wants that.
     * @return whether it does
     */
    boolean pressIfLate() {
        Run run = this.present;
        if (run == null || this.nanoTime.getAsLong() - run.start <= this.timings.timeout().toNanos()) {
            return false;
        }
        if (this.timings.interrupt()) {
            run.interrupt();
        }
        return true;
    }

    @Override
    public void run() {
        Run run = new Run(this.nanoTime.getAsLong(), Thread.currentThread());
        this.present = run;
        try {
            this.last = look(run.start);
        }
        finally {
            run.end();
            this.present = null;
            this.claimed.set(false);
            this.whenDone.run();
        }
    }

    private Result look(long start) {
        HealthStatus status;
        CheckState.Basis basis = CheckState.Basis.ANSWER;
        String remark = "";
        try (Unobserved.Scope unobserved = Unobserved.open()) {
            status = this.check.check();
        }
        catch (Throwable ex) {
            // An Error too: a driver that lacks a class must show as a failed check.
            status = HealthStatus.DOWN;
            basis = CheckState.Basis.EXCEPTION;
            remark = describe(ex);
        }
        long end = this.nanoTime.getAsLong();
        if (end - start > this.timings.timeout().toNanos()) {
            // Counted as failed until a run ends in time, or a check that always takes
            // too long would flap between late and fine.
            status = HealthStatus.DOWN;
            basis = CheckState.Basis.LATE;
        }
        return new Result(status, basis, end - start, end, remark, runs().and(end - start, this.clock.instant()));
    }

    private static String describe(Throwable failure) {
        String text;
        try {
            text = failure.toString();
        }
        catch (RuntimeException ex) {
            text = failure.getClass().getName();
        }
        return (text.length() > MAX_REMARK_LENGTH) ? text.substring(0, MAX_REMARK_LENGTH) : text;
    }

    CheckRuns runs() {
        Result result = this.last;
        return (result != null) ? result.runs() : CheckRuns.NONE;
    }

    CheckState state() {
        Run run = this.present;
        Result result = this.last;
        long now = this.nanoTime.getAsLong();
        if (run != null) {
            long elapsed = now - run.start;
            long overdue = elapsed - this.timings.timeout().toNanos();
            if (overdue > 0) {
                return state(HealthStatus.DOWN, CheckState.Basis.LATE, elapsed, overdue, "");
            }
        }
        if (result == null) {
            long elapsed = (run != null) ? now - run.start : 0;
            if (run == null && now - this.since > this.timings.staleAfter().toNanos()) {
                return state(HealthStatus.DOWN, CheckState.Basis.STALE, 0, now - this.since, "");
            }
            return state(HealthStatus.UNKNOWN, CheckState.Basis.NONE, elapsed, 0, "");
        }
        long age = Math.max(0, now - result.end());
        if (age > this.timings.staleAfter().toNanos()) {
            return state(HealthStatus.DOWN, CheckState.Basis.STALE, result.duration(), age, result.remark());
        }
        return state(result.status(), result.basis(), result.duration(), age, result.remark());
    }

    private CheckState state(HealthStatus status, CheckState.Basis basis, long duration, long age, String remark) {
        return new CheckState(this.name, status, basis, Duration.ofNanos(duration), Duration.ofNanos(age), remark);
    }

    /**
     * A run. An interrupt meets the run that it is for or nobody.
     */
    private static final class Run {

        private final long start;

        private @Nullable Thread thread;

        Run(long start, Thread thread) {
            this.start = start;
            this.thread = thread;
        }

        synchronized void interrupt() {
            if (this.thread != null) {
                this.thread.interrupt();
                this.thread = null;
            }
        }

        synchronized void end() {
            this.thread = null;
            // What came too late to be noticed is not for the next check.
            Thread.interrupted();
        }

    }

    private record Result(HealthStatus status, CheckState.Basis basis, long duration, long end, String remark,
            CheckRuns runs) {

    }

}
