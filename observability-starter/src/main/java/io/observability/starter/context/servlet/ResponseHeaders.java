package io.observability.starter.context.servlet;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sets headers of a response, past the Servlet API where the server has a cheaper way and
 * says so. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ResponseHeaders {

    private static final ThreadLocal<@Nullable Shortcut> SHORTCUT = new ThreadLocal<>();

    private ResponseHeaders() {
    }

    /**
     * Set a header, as {@link HttpServletResponse#setHeader} does.
     * @param response the response, not committed
     * @param name the name of the header
     * @param value its value
     */
    public static void set(HttpServletResponse response, String name, String value) {
        Shortcut shortcut = SHORTCUT.get();
        if (shortcut == null || !shortcut.set(response, name, value)) {
            response.setHeader(name, value);
        }
    }

    /**
     * What this thread's response takes its headers by.
     * @return the way of its server, or {@code null}
     */
    public static @Nullable Shortcut shortcut() {
        return SHORTCUT.get();
    }

    /**
     * Set what this thread's responses take their headers by. It may stay on a pooled
     * thread: it is asked for each response anew.
     * @param shortcut the way of its server
     */
    public static void shortcut(Shortcut shortcut) {
        SHORTCUT.set(shortcut);
    }

    /**
     * The cheaper way of a server.
     */
    @FunctionalInterface
    public interface Shortcut {

        /**
         * Set a header, if the response is the server's own.
         * @param response the response
         * @param name the name of the header
         * @param value its value
         * @return whether it is set
         */
        boolean set(HttpServletResponse response, String name, String value);

    }

}
