package io.observability.starter.metrics;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * One observed request between its begin and its end. It ends once, however often it is
 * told to. The only object made for a request whose series exist. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestSample {

    private static final AtomicIntegerFieldUpdater<RequestSample> ENDED = AtomicIntegerFieldUpdater
        .newUpdater(RequestSample.class, "ended");

    private final @Nullable String method;

    private final boolean secure;

    private final long start;

    private volatile int ended;

    private volatile @Nullable String route;

    private volatile boolean deferred;

    RequestSample(@Nullable String method, boolean secure, long start) {
        this.method = method;
        this.secure = secure;
        this.start = start;
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

    @Nullable String method() {
        return this.method;
    }

    boolean isSecure() {
        return this.secure;
    }

    long start() {
        return this.start;
    }

    boolean end() {
        if (this.deferred) {
            this.deferred = false;
            return false;
        }
        return ENDED.compareAndSet(this, 0, 1);
    }

}
