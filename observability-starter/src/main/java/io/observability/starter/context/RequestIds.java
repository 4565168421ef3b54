package io.observability.starter.context;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Request ids: the rule that an id from outside has to pass, and new ids. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestIds {

    /** Most characters of a request id. */
    public static final int MAX_LENGTH = 64;

    private RequestIds() {
    }

    /**
     * Whether an id from outside is accepted: 1 to 64 characters of
     * {@code [A-Za-z0-9._-]}. Nothing in that alphabet is structure in a log line, a
     * header or a metric.
     * @param id the id, as it was received
     * @return whether it is accepted
     */
    public static boolean isValid(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isAllowed(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Take the id from outside if it is accepted, or make a new one.
     * @param id the id, as it was received
     * @return an id that is valid
     */
    public static String acceptOrCreate(@Nullable String id) {
        return (id != null && isValid(id)) ? id : create();
    }

    /**
     * Make a new id.
     * @return a random UUID (RFC 9562, version 4)
     */
    public static String create() {
        return UUID.randomUUID().toString();
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
                || c == '-';
    }

}
