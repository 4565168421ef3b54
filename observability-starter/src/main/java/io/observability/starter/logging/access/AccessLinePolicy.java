package io.observability.starter.logging.access;

/**
 * Decides which requests have an access line. Asked once for each request, at its end, on
 * the thread that ends it. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccessLinePolicy {

    /**
     * Whether a request has a line.
     * @param status the status code of the answer
     * @param durationNanos how long the request took, in nanoseconds
     * @param route the template of the path that was matched, or {@code _unmatched}
     * @return whether it has
     */
    boolean shouldLog(int status, long durationNanos, String route);

}
