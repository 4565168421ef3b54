package io.observability.starter.call;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Measures the calls that this process makes. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface CallTimes {

    /** Code of a call that got no answer. */
    int NO_ANSWER = -1;

    /**
     * A call begins.
     * @return the start, for {@link #end}
     */
    long begin();

    /**
     * A call was answered, or never will be.
     * @param start what {@link #begin} gave
     * @param method its method
     * @param uri what was called, {@code null} if it is not known
     * @param route template of the URI's path, {@code null} if there is none
     * @param code status code, or {@link #NO_ANSWER}
     * @param error what it failed with
     */
    void end(long start, @Nullable String method, @Nullable URI uri, @Nullable String route, int code,
            @Nullable Throwable error);

}
