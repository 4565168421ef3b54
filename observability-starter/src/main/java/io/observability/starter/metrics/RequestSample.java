package io.observability.starter.metrics;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * One request between its begin and its end. It ends once, however often it is told to.
 * The only object made for a request whose series exist. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestSample {

    private static final AtomicIntegerFieldUpdater<RequestSample> ENDED = AtomicIntegerFieldUpdater
        .newUpdater(RequestSample.class, "ended");

    private final MethodLabel method;

    private final long startNanos;

    private volatile int ended;

    private volatile @Nullable String route;

    private volatile boolean deferred;

    RequestSample(MethodLabel method, long startNanos) {
        this.method = method;
        this.startNanos = startNanos;
    }

    /**
     * Route as it was first known.
     * @return the route, or {@code null} if it is not known yet
     */
    public @Nullable String route() {
        return this.route;
    }

    /**
     * Keep the route that the request has now, whatever is dispatched later.
     * @param route the route
     */
    public void keepRoute(String route) {
        this.route = route;
    }

    /**
     * Do not take the next end for the last one.
     */
    public void deferEnd() {
        this.deferred = true;
    }

    /**
     * Whether the request has ended.
     * @return whether it has
     */
    public boolean isEnded() {
        return this.ended != 0;
    }

    MethodLabel method() {
        return this.method;
    }

    long startNanos() {
        return this.startNanos;
    }

    boolean end() {
        if (this.deferred) {
            this.deferred = false;
            return false;
        }
        return ENDED.compareAndSet(this, 0, 1);
    }

}
