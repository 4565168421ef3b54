package io.observability.starter.metrics.cardinality;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * What the guard does on a thread of its own: whoever looks a meter up may hold locks of
 * registries, and waits for nobody. There is no thread before there is something to do.
 * Tasks that come while there is none wait for it. Thread-safe.
 */
final class GuardTasks {

    private static final int MAX_PENDING = 10_000;

    private final Runnable review;

    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();

    private final AtomicInteger size = new AtomicInteger();

    // Guarded by this object's lock, which nobody holds while something is done.
    private @Nullable Duration period;

    private boolean needed;

    private volatile @Nullable ScheduledThreadPoolExecutor executor;

    /**
     * Create tasks.
     * @param review what is done each period, once there is a thread
     */
    GuardTasks(Runnable review) {
        this.review = review;
    }

    /**
     * Let there be a thread as soon as it is needed.
     * @param period how often to review
     */
    synchronized void start(Duration period) {
        if (this.period == null) {
            this.period = period;
            startIfNeeded();
        }
    }

    synchronized void stop() {
        this.period = null;
        ScheduledThreadPoolExecutor running = this.executor;
        if (running != null) {
            running.shutdown();
            this.executor = null;
        }
    }

    /**
     * Review from now on: there is, or will soon be, something to find.
     */
    void watch() {
        if (this.executor == null) {
            synchronized (this) {
                this.needed = true;
                startIfNeeded();
            }
        }
    }

    private void startIfNeeded() {
        if (this.needed && this.period != null && this.executor == null) {
            this.executor = newExecutor(this.period);
        }
    }

    private @Nullable ScheduledThreadPoolExecutor newExecutor(Duration period) {
        ScheduledThreadPoolExecutor created = new ScheduledThreadPoolExecutor(1, (task) -> {
            Thread thread = new Thread(task, "observability-cardinality");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ScheduledFuture<?> unused = created.scheduleWithFixedDelay(() -> runSafely(this.review), period.toNanos(),
                    period.toNanos(), TimeUnit.NANOSECONDS);
            created.execute(this::run);
            return created;
        }
        catch (OutOfMemoryError ex) {
            // No further thread is to be had. That is not the caller's trouble, who only
            // looks a meter up; the next one tries again.
            created.shutdownNow();
            return null;
        }
    }

    /**
     * Run a task soon, on the thread. Above a bound it is not run: each is a notice of
     * what the report shows anyway, or comes again in the next review.
     * @param task the task
     */
    void add(Runnable task) {
        if (this.size.get() >= MAX_PENDING) {
            return;
        }
        this.size.incrementAndGet();
        this.pending.add(task);
        ScheduledThreadPoolExecutor running = this.executor;
        if (running == null) {
            watch();
            return;
        }
        try {
            running.execute(this::run);
        }
        catch (RejectedExecutionException ex) {
            // Stopped at this moment.
        }
    }

    /**
     * Run the tasks that wait.
     */
    void run() {
        for (Runnable task = this.pending.poll(); task != null; task = this.pending.poll()) {
            this.size.decrementAndGet();
            runSafely(task);
        }
    }

    // The trouble of a listener or of a registry is not the next one's, and the next
    // turn comes all the same.
    private static void runSafely(Runnable task) {
        try {
            task.run();
        }
        catch (RuntimeException ex) {
            // Not ours to mend.
        }
    }

}
