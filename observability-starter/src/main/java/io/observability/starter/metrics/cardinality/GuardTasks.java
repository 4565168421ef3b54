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
 * registries, and waits for nobody. Tasks that come while there is no thread wait for it.
 * Thread-safe.
 */
final class GuardTasks {

    private static final int MAX_PENDING = 10_000;

    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();

    private final AtomicInteger size = new AtomicInteger();

    private volatile @Nullable ScheduledThreadPoolExecutor executor;

    /**
     * Start the thread, unless it runs.
     * @param review what is done each period
     * @param period the period
     */
    void start(Runnable review, Duration period) {
        if (this.executor != null) {
            return;
        }
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, (task) -> {
            Thread thread = new Thread(task, "observability-cardinality");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused = started.scheduleWithFixedDelay(() -> runSafely(review), period.toNanos(),
                period.toNanos(), TimeUnit.NANOSECONDS);
        this.executor = started;
        started.execute(this::run);
    }

    void stop() {
        ScheduledThreadPoolExecutor running = this.executor;
        if (running != null) {
            running.shutdown();
            this.executor = null;
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
        if (running != null) {
            try {
                running.execute(this::run);
            }
            catch (RejectedExecutionException ex) {
                // Stopped at this moment.
            }
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
