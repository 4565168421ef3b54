package io.observability.starter.call;

import java.net.URI;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Trace of one call, recorded or not; each call has one of its own. May be used by one
 * thread after the other.
 *
 * @since 0.1.0
 */
public abstract class CallTrace {

    private static final AtomicIntegerFieldUpdater<CallTrace> ENDED = AtomicIntegerFieldUpdater
        .newUpdater(CallTrace.class, "ended");

    // What the handler has to know of a call lies here: one object is enough for a call.
    private long start;

    private volatile int ended;

    /**
     * Create the trace of one call.
     */
    protected CallTrace() {
    }

    /**
     * Make the call's span current on this thread.
     * @return a scope for this time alone, to be closed on the same thread
     */
    public abstract Scope open();

    /**
     * Tell of something that happened during the call.
     * @param name its name
     */
    public abstract void event(String name);

    /**
     * End the call. Called once.
     * @param context the observation of the call, with its error and with what the
     * application has added
     * @param method its method
     * @param uri what was called
     * @param route template of the URI's path, {@code null} if there is none
     * @param code status code, or {@link CallTimes#NO_ANSWER}
     */
    public abstract void end(Observation.Context context, @Nullable String method, @Nullable URI uri,
            @Nullable String route, int code);

    final CallTrace startedAt(long start) {
        this.start = start;
        return this;
    }

    final long start() {
        return this.start;
    }

    final boolean endOnce() {
        return this.ended == 0 && ENDED.compareAndSet(this, 0, 1);
    }

    /**
     * Time in which a thread works for the call.
     */
    public abstract static class Scope implements AutoCloseable {

        private @Nullable Scope before;

        /**
         * Create an open scope.
         */
        protected Scope() {
        }

        @Override
        public abstract void close();

        final Scope within(@Nullable Scope before) {
            this.before = before;
            return this;
        }

        final @Nullable Scope before() {
            return this.before;
        }

    }

}
