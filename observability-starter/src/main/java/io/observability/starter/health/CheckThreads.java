package io.observability.starter.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The threads of one start: one that looks what is due, and those that run checks. A
 * check that is late keeps its thread but not its place, so that it holds up no other
 * one, up to a bound.
 */
final class CheckThreads {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            (task) -> daemon(task, "observability-health-timer"));

    private final ThreadPoolExecutor workers;

    private final long startNanos = System.nanoTime();

    private @Nullable ScheduledFuture<?> ticks;

    CheckThreads() {
        AtomicInteger number = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(HealthChecks.MAX_THREADS, HealthChecks.MAX_THREADS, 1, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                (task) -> daemon(task, "observability-health-" + number.incrementAndGet()));
        this.workers.allowCoreThreadTimeOut(true);
        replaceLate(0);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void begin(Runnable tick, Duration every) {
        this.ticks = this.timer.scheduleWithFixedDelay(tick, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Stop, without waiting for what runs.
     * @return checks that were queued and will not run
     */
    List<MonitoredCheck> end() {
        ScheduledFuture<?> stopped = this.ticks;
        if (stopped != null) {
            // Without an interrupt: it might be within the code of a source.
            stopped.cancel(false);
        }
        this.timer.shutdown();
        this.workers.shutdown();
        List<Runnable> queued = new ArrayList<>();
        this.workers.getQueue().drainTo(queued);
        return queued.stream().map(MonitoredCheck.class::cast).toList();
    }

    /**
     * Run a check as soon as there is a place.
     * @param check the check
     * @throws java.util.concurrent.RejectedExecutionException if the threads have ended
     */
    void run(MonitoredCheck check) {
        this.workers.execute(check);
    }

    /**
     * Take back a check that waits for a place.
     * @param check the check
     * @return whether it did
     */
    boolean takeBack(MonitoredCheck check) {
        return this.workers.getQueue().remove(check);
    }

    /**
     * Give back the places of checks that are late.
     * @param late how many checks are late
     */
    void replaceLate(int late) {
        int places = Math.min(HealthChecks.MAX_WORKERS + late, HealthChecks.MAX_THREADS);
        if (places != this.workers.getCorePoolSize()) {
            this.workers.setCorePoolSize(places);
        }
    }

    /**
     * How much is left of a time that began with these threads.
     * @param time the time
     * @return milliseconds, 0 or less if nothing is left
     */
    long millisLeft(Duration time) {
        return TimeUnit.NANOSECONDS.toMillis(time.toNanos() - (System.nanoTime() - this.startNanos));
    }

}
