package io.observability.starter.request;

import org.jspecify.annotations.Nullable;

/**
 * Measures the requests that this process answers: how many there are, how many at a
 * time, and how long they take. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface RequestTimes {

    /**
     * Code of a request whose client went away before it was answered, as nginx writes
     * it.
     */
    int CLIENT_GONE = 499;

    /**
     * A request comes in.
     * @param method its method, as it was sent
     * @param secure whether it came by HTTPS
     * @return the start, for {@link #end}, which is to be called once and with the same
     * method
     */
    long begin(@Nullable String method, boolean secure);

    /**
     * A request that came in was answered, or never will be.
     * @param start what {@link #begin} gave
     * @param method the method that {@link #begin} was given
     * @param secure whether it came by HTTPS
     * @param route template of its path, or the name of all paths that nothing matched
     * @param code status code, or -1 if there was no answer
     * @param error what escaped, or {@code null}
     */
    void end(long start, @Nullable String method, boolean secure, String route, int code, @Nullable Throwable error);

}
