package io.observability.starter.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs checks in the background and remembers what they said, so that asking never waits
 * for a dependency. One daemon thread schedules, at most {@value #MAX_WORKERS} daemon
 * threads run checks. A check that hangs keeps its thread and is not started again until
 * it returns; it is not interrupted, since an interrupt closes the file of an embedded
 * database. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HealthChecks {

    /** Most checks that run at the same time; further ones wait for their turn. */
    public static final int MAX_WORKERS = 16;

    /** Most checks that are known; further ones are not run. */
    public static final int MAX_CHECKS = 256;

    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);

    private final Supplier<? extends Collection<? extends HealthCheckSource>> sources;

    private final Predicate<String> included;

    private final HealthTimings timings;

    private final HealthListener listener;

    private final LongSupplier nanoTime;

    private final ReentrantLock ticking = new ReentrantLock();

    private final Object progress = new Object();

    private final Map<String, CheckState> told = new HashMap<>();

    private final AtomicBoolean tooMany = new AtomicBoolean();

    private volatile Map<String, MonitoredCheck> checks = Map.of();

    private volatile boolean listed;

    private volatile @Nullable Threads threads;

    private boolean listingFailed;

    /**
     * Create checks that do not run yet.
     * @param sources where the checks come from; asked on the background thread alone
     * @param included which checks to run, by name
     * @param timings when to run them
     * @param listener who hears of changes
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    public HealthChecks(Supplier<? extends Collection<? extends HealthCheckSource>> sources, Predicate<String> included,
            HealthTimings timings, HealthListener listener, LongSupplier nanoTime) {
        this.sources = sources;
        this.included = included;
        this.timings = timings;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /**
     * Begin to run the checks. Returns at once; does nothing if they run already.
     */
    public synchronized void start() {
        if (this.threads == null) {
            Threads started = new Threads();
            this.threads = started;
            long tick = Math.min(this.timings.interval().toMillis(), this.timings.timeout().toMillis()) / 2;
            tick = Math.max(SHORTEST_TICK.toMillis(), Math.min(LONGEST_TICK.toMillis(), tick));
            started.ticks = started.timer.scheduleWithFixedDelay(this::tickOn, 0, tick, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Start no more checks. Does not wait for those that run, and may be started again.
     */
    public synchronized void stop() {
        Threads stopped = this.threads;
        if (stopped != null) {
            this.threads = null;
            if (stopped.ticks != null) {
                stopped.ticks.cancel(false);
            }
            stopped.timer.shutdown();
            stopped.workers.shutdown();
            List<Runnable> queued = new ArrayList<>();
            stopped.workers.getQueue().drainTo(queued);
            for (Runnable check : queued) {
                ((MonitoredCheck) check).release();
            }
        }
        synchronized (this.progress) {
            this.progress.notifyAll();
        }
    }

    /**
     * What is known of the checks now.
     * @return the states in the order of their names
     */
    public List<CheckState> states() {
        List<CheckState> states = new ArrayList<>();
        for (MonitoredCheck check : this.checks.values()) {
            states.add(check.state());
        }
        return states;
    }

    /**
     * Whether the checks were listed at least once. Until then {@link #states()} is empty
     * and says nothing.
     * @return whether they were
     */
    public boolean isListed() {
        return this.listed;
    }

    /**
     * Wait until each of the checks has a first result or is late, but no longer than the
     * time-out. Does not wait once all have, nor while the checks are stopped.
     * @param names the checks that matter
     */
    public void awaitFirstResults(Predicate<String> names) {
        long deadline = System.nanoTime() + this.timings.timeout().toNanos();
        boolean interrupted = false;
        synchronized (this.progress) {
            while (!interrupted && this.threads != null && isPending(names)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
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
        if (!this.listed) {
            return true;
        }
        for (MonitoredCheck check : this.checks.values()) {
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
        return List.copyOf(list().keySet());
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
            Threads running = this.threads;
            if (running != null) {
                refresh();
                startThoseDue(running);
                tellChanges();
            }
        }
        finally {
            this.ticking.unlock();
        }
    }

    private void startThoseDue(Threads running) {
        for (MonitoredCheck check : this.checks.values()) {
            if (check.claimIfDue()) {
                try {
                    running.workers.execute(check);
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

    private void refresh() {
        Map<String, HealthCheck> found;
        try {
            found = list();
        }
        catch (Throwable ex) {
            if (!this.listingFailed) {
                this.listingFailed = true;
                this.listener.listingFailed(ex);
            }
            return;
        }
        this.listingFailed = false;
        Map<String, MonitoredCheck> known = this.checks;
        Map<String, MonitoredCheck> next = new TreeMap<>();
        found.forEach((name, check) -> {
            MonitoredCheck monitored = known.get(name);
            if (monitored == null) {
                monitored = new MonitoredCheck(name, check, this.timings, this.nanoTime, this::signalProgress);
            }
            monitored.replace(check);
            next.put(name, monitored);
        });
        this.checks = next;
        this.told.keySet().retainAll(next.keySet());
        if (!this.listed) {
            this.listed = true;
            signalProgress();
        }
    }

    private Map<String, HealthCheck> list() {
        Map<String, HealthCheck> found = new TreeMap<>();
        for (HealthCheckSource source : this.sources.get()) {
            for (Map.Entry<String, HealthCheck> entry : source.checks().entrySet()) {
                if (found.containsKey(entry.getKey()) || !this.included.test(entry.getKey())) {
                    continue;
                }
                if (found.size() == MAX_CHECKS) {
                    tellTooMany();
                    return found;
                }
                found.put(entry.getKey(), entry.getValue());
            }
        }
        return found;
    }

    private void tellTooMany() {
        if (this.tooMany.compareAndSet(false, true)) {
            this.listener.tooManyChecks(MAX_CHECKS);
        }
    }

    private void tellChanges() {
        for (MonitoredCheck check : this.checks.values()) {
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

    /**
     * The threads of one start.
     */
    private static final class Threads {

        private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
                (task) -> daemon(task, "observability-health-timer"));

        private final ThreadPoolExecutor workers;

        private @Nullable ScheduledFuture<?> ticks;

        Threads() {
            AtomicInteger number = new AtomicInteger();
            this.workers = new ThreadPoolExecutor(MAX_WORKERS, MAX_WORKERS, 1, TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    (task) -> daemon(task, "observability-health-" + number.incrementAndGet()));
            this.workers.allowCoreThreadTimeOut(true);
        }

        private static Thread daemon(Runnable task, String name) {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }

    }

}
