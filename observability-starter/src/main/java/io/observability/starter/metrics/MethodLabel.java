package io.observability.starter.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Label values of HTTP methods: those of RFC 9110 and RFC 5789, and one for all others.
 */
enum MethodLabel {

    GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE, CONNECT, OTHER;

    static final int COUNT = values().length;

    static MethodLabel of(@Nullable String method) {
        if (method == null) {
            return OTHER;
        }
        // Methods are case-sensitive (RFC 9110, section 9.1).
        return switch (method) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            case "TRACE" -> TRACE;
            case "CONNECT" -> CONNECT;
            default -> OTHER;
        };
    }

    /**
     * Place in an array that lives no longer than the process.
     * @return 0 up to {@link #COUNT}, exclusive
     */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    String label() {
        return (this != OTHER) ? name() : LabelValue.OTHER;
    }

}
