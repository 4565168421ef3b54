package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs checks in the background and remembers what they said, so that asking never waits
 * for a dependency. One daemon thread schedules; at most {@value #MAX_WORKERS} checks run
 * at the same time, each on a daemon thread. A check that is late is not started again
 * until it returns, also if it was unregistered in the meantime, and does not count among
 * those that run; so checks that hang hold up no other one, until {@value #MAX_THREADS}
 * threads are taken. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HealthChecks {

    /**
     * Most checks that run at the same time and are not late; further ones wait for their
     * turn.
     */
    public static final int MAX_WORKERS = 16;

    /** Most threads that run checks, those that hang included. */
    public static final int MAX_THREADS = 80;

    /** Most checks that are known; further ones are not run. */
    public static final int MAX_CHECKS = 256;

    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);

    private final CheckRegister register;

    private final HealthSchedule schedule;

    private final HealthListener listener;

    private final ReentrantLock ticking = new ReentrantLock();

    private final Object progress = new Object();

    private final Map<String, CheckState> told = new HashMap<>();

    private volatile @Nullable CheckThreads threads;

    /**
     * Create checks that do not run yet.
     * @param sources where the checks come from; asked on the background thread alone
     * @param included which checks to run, by name
     * @param schedule when to run them
     * @param listener who hears of changes
     * @param nanoTime what durations and ages are measured with, as
     * {@link System#nanoTime()}
     * @param clock what tells when a run has ended
     */
    public HealthChecks(Supplier<? extends Collection<? extends HealthCheckSource>> sources, Predicate<String> included,
            HealthSchedule schedule, HealthListener listener, LongSupplier nanoTime, Clock clock) {
        this.schedule = schedule;
        this.listener = listener;
        this.register = new CheckRegister(sources, included, (name, check) -> new MonitoredCheck(name, check,
                schedule.of(name), nanoTime, clock, this::signalProgress), listener);
    }

    /**
     * Begin to run the checks. Returns at once; does nothing if they run already.
     */
    public synchronized void start() {
        if (this.threads == null) {
            CheckThreads started = new CheckThreads();
            this.threads = started;
            long tick = this.schedule.tick().toMillis();
            tick = Math.max(SHORTEST_TICK.toMillis(), Math.min(LONGEST_TICK.toMillis(), tick));
            started.begin(this::tickOn, Duration.ofMillis(tick));
        }
    }

    /**
     * Start no more checks. Does not wait for those that run, and may be started again.
     */
    public synchronized void stop() {
        CheckThreads stopped = this.threads;
        if (stopped != null) {
            this.threads = null;
            stopped.end().forEach(MonitoredCheck::release);
        }
        signalProgress();
    }

    /**
     * What is known of the checks now.
     * @return the states in the order of their names
     */
    public List<CheckState> states() {
        List<CheckState> states = new ArrayList<>();
        for (MonitoredCheck check : this.register.checks().values()) {
            states.add(check.state());
        }
        return states;
    }

    /**
     * What is known of one check now.
     * @param name the check's name
     * @return the state, or {@code null} if there is no such check
     */
    public @Nullable CheckState state(String name) {
        MonitoredCheck check = this.register.checks().get(name);
        return (check != null) ? check.state() : null;
    }

    /**
     * Runs of one check that have ended.
     * @param name the check's name
     * @return the runs; none if there is no such check
     */
    public CheckRuns runs(String name) {
        MonitoredCheck check = this.register.checks().get(name);
        return (check != null) ? check.runs() : CheckRuns.NONE;
    }

    /**
     * Whether the checks were listed at least once. Until then {@link #states()} is empty
     * and says nothing.
     * @return whether they were
     */
    public boolean isListed() {
        return this.register.isListed();
    }

    /**
     * Wait until each of the checks has a first result or is late. Waits only within the
     * first moments after the start, as long as the general time-out: from then on nobody
     * waits, whatever hangs.
     * @param names the checks that matter
     */
    public void awaitFirstResults(Predicate<String> names) {
        boolean interrupted = false;
        synchronized (this.progress) {
            while (!interrupted) {
                CheckThreads running = this.threads;
                long millis = (running != null) ? running.millisLeft(this.schedule.general().timeout()) : 0;
                if (millis <= 0 || !isPending(names)) {
                    break;
                }
                try {
                    this.progress.wait(millis);
                }
                catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isPending(Predicate<String> names) {
        if (!this.register.isListed()) {
            return true;
        }
        for (MonitoredCheck check : this.register.checks().values()) {
            CheckState state = check.state();
            if (state.basis() == CheckState.Basis.NONE && names.test(state.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Names of the checks that the sources list at this moment and that are run.
     * @return the names in order
     */
    public List<String> names() {
        return this.register.names();
    }

    private void tickOn() {
        try {
            tick();
        }
        catch (RuntimeException | Error ex) {
            // A listener that throws, or memory that is short: an exception would end the
            // schedule, and the next tick tries again.
        }
    }

    void tick() {
        // Taken only if the threads of an earlier start are still at it. Not the lock of
        // stop(), which must not wait for a source that hangs.
        if (!this.ticking.tryLock()) {
            return;
        }
        try {
            CheckThreads running = this.threads;
            if (running != null) {
                boolean first = !this.register.isListed();
                this.register.refresh(running);
                if (first && this.register.isListed()) {
                    signalProgress();
                }
                running.replaceLate(this.register.pressLate());
                startThoseDue(running);
                tellChanges();
            }
        }
        finally {
            this.ticking.unlock();
        }
    }

    private void startThoseDue(CheckThreads running) {
        for (MonitoredCheck check : this.register.checks().values()) {
            if (check.claimIfDue()) {
                try {
                    running.run(check);
                }
                catch (RejectedExecutionException ex) {
                    // Stopped in the meantime.
                    check.release();
                }
                catch (Error ex) {
                    // No memory for a thread.
                    check.release();
                    throw ex;
                }
            }
        }
    }

    private void tellChanges() {
        this.told.keySet().retainAll(this.register.checks().keySet());
        for (MonitoredCheck check : this.register.checks().values()) {
            CheckState now = check.state();
            CheckState before = this.told.get(now.name());
            if (before == null || !before.status().equals(now.status())) {
                this.told.put(now.name(), now);
                if (before != null) {
                    this.listener.changed(before, now);
                }
            }
        }
    }

    private void signalProgress() {
        synchronized (this.progress) {
            this.progress.notifyAll();
        }
    }

}
