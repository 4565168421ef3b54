package io.observability.starter.request.servlet;

import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Trace of one request, recorded or not. Ids are the same for its whole life; all else
 * may be used by one thread after the other.
 *
 * @since 0.1.0
 */
public interface RequestTrace {

    /** Trace of a request that has none. */
    RequestTrace NONE = new RequestTrace() {
    };

    /**
     * Whether the request has ids of a trace.
     * @return whether it has
     */
    default boolean isValid() {
        return false;
    }

    /**
     * Make the request's span and its observation current on this thread, and its ids
     * part of what is logged.
     * @return the scope, to be closed on the same thread
     */
    default Scope open() {
        return Scope.NONE;
    }

    /**
     * Make the request's span alone current, for what is done for the request after its
     * end.
     * @return the scope, to be closed on the same thread
     */
    default Scope resume() {
        return Scope.NONE;
    }

    /**
     * Tell the caller the ids.
     * @param response takes the headers; not committed
     */
    default void write(HttpServletResponse response) {
    }

    /**
     * Add the ids under their names in the log.
     * @param fields takes the ids
     */
    default void addIds(Map<String, String> fields) {
    }

    /**
     * What the application said went wrong, without letting it escape.
     * @return the error, if there is one
     */
    default @Nullable Throwable error() {
        return null;
    }

    /**
     * End the request. To be called once.
     * @param pattern the pattern that matched the path, as the framework gives it
     * @param status status code of the answer
     * @param error what went wrong
     */
    default void end(@Nullable String pattern, int status, @Nullable Throwable error) {
    }

    /**
     * Time in which a thread works for the request.
     */
    interface Scope extends AutoCloseable {

        /** Scope of what is not current anywhere. */
        Scope NONE = () -> {
        };

        @Override
        void close();

    }

}
