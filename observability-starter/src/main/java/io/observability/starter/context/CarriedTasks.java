package io.observability.starter.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Ties a task to the context of the thread that hands it over: its observation with trace
 * and span, its request id, and whatever else has a {@code ThreadLocalAccessor}. Where
 * the caller has no value, the task has none either, even on a thread that still holds
 * one; afterwards the thread has again what it had before. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CarriedTasks {

    private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().clearMissing(true).build();

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private CarriedTasks() {
    }

    /**
     * Tie a task to this thread's context. A task that is tied already stays as it is.
     * @param task the task
     * @return the task to hand over
     */
    public static Runnable carry(Runnable task) {
        ContextSnapshot snapshot = (task instanceof CarriedRunnable) ? null : capture();
        return (snapshot != null) ? new CarriedRunnable(task, snapshot) : task;
    }

    /**
     * Tie a task to this thread's context. A task that is tied already stays as it is.
     * @param <T> type of the result
     * @param task the task
     * @return the task to hand over
     */
    public static <T extends @Nullable Object> Callable<T> carry(Callable<T> task) {
        ContextSnapshot snapshot = (task instanceof CarriedCallable) ? null : capture();
        return (snapshot != null) ? new CarriedCallable<>(task, snapshot) : task;
    }

    /**
     * Tie several tasks to this thread's context.
     * @param <T> type of the result
     * @param tasks the tasks
     * @return the tasks to hand over, in the same order
     */
    public static <T extends @Nullable Object> List<Callable<T>> carryAll(Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> carried = new ArrayList<>(tasks.size());
        for (Callable<T> task : tasks) {
            carried.add(carry(task));
        }
        return carried;
    }

    /**
     * Leave the current context for a while, so that nothing of it is tied to what is
     * handed over: a task that repeats belongs to no request.
     * @return the scope, to be closed on the same thread
     */
    public static Scope outside() {
        ContextSnapshot.Scope scope = open(SNAPSHOTS.captureFrom());
        return () -> close(scope);
    }

    /**
     * The task as it was before it was tied.
     * @param task a task, tied or not
     * @return the task as the application made it
     */
    public static Runnable original(Runnable task) {
        return (task instanceof CarriedRunnable carried) ? carried.task : task;
    }

    /**
     * Equal to a task and to the same task once tied, for the removal from a queue (a
     * queue asks the argument whether it equals the element).
     * @param task the task as the application made it
     * @return what to hand to {@code remove}
     */
    public static Runnable sameAs(Runnable task) {
        return new SameTask(original(task));
    }

    // Accessors are anybody's code; what they throw must not cost the application a task.

    private static @Nullable ContextSnapshot capture() {
        try {
            return SNAPSHOTS.captureAll();
        }
        catch (RuntimeException ex) {
            warn(ex);
            return null;
        }
    }

    private static ContextSnapshot.@Nullable Scope open(ContextSnapshot snapshot) {
        try {
            return snapshot.setThreadLocals();
        }
        catch (RuntimeException ex) {
            warn(ex);
            return null;
        }
    }

    private static void close(ContextSnapshot.@Nullable Scope scope) {
        try {
            if (scope != null) {
                scope.close();
            }
        }
        catch (RuntimeException ex) {
            warn(ex);
        }
    }

    private static void warn(RuntimeException failure) {
        if (WARNED.compareAndSet(false, true)) {
            LoggerFactory.getLogger(CarriedTasks.class)
                .warn("A task runs without its caller's context; said once", failure);
        }
    }

    /**
     * Time outside the context.
     */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();

    }

    private static final class CarriedRunnable implements Runnable {

        private final Runnable task;

        private final ContextSnapshot snapshot;

        CarriedRunnable(Runnable task, ContextSnapshot snapshot) {
            this.task = task;
            this.snapshot = snapshot;
        }

        @Override
        public void run() {
            ContextSnapshot.Scope scope = open(this.snapshot);
            try {
                this.task.run();
            }
            finally {
                close(scope);
            }
        }

        @Override
        public String toString() {
            return this.task.toString();
        }

    }

    private static final class CarriedCallable<T extends @Nullable Object> implements Callable<T> {

        private final Callable<T> task;

        private final ContextSnapshot snapshot;

        CarriedCallable(Callable<T> task, ContextSnapshot snapshot) {
            this.task = task;
            this.snapshot = snapshot;
        }

        @Override
        public T call() throws Exception {
            ContextSnapshot.Scope scope = open(this.snapshot);
            try {
                return this.task.call();
            }
            finally {
                close(scope);
            }
        }

        @Override
        public String toString() {
            return this.task.toString();
        }

    }

    private static final class SameTask implements Runnable {

        private final Runnable task;

        SameTask(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            this.task.run();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (other instanceof SameTask same) {
                return this.task.equals(same.task);
            }
            return this.task.equals((other instanceof Runnable runnable) ? original(runnable) : other);
        }

        @Override
        public int hashCode() {
            return this.task.hashCode();
        }

    }

}
