package io.observability.starter.context;

/**
 * Names under which a request's identifiers stand in the MDC and in each log line.
 *
 * @since 0.1.0
 */
public enum ContextField {

    /** Trace id, 32 lower-case hexadecimal digits (W3C Trace Context). */
    TRACE_ID("trace_id"),

    /** Span id, 16 lower-case hexadecimal digits (W3C Trace Context). */
    SPAN_ID("span_id"),

    /** Request id, 1 to 64 characters of {@code [A-Za-z0-9._-]}. */
    REQUEST_ID("request_id");

    private final String key;

    ContextField(String key) {
        this.key = key;
    }

    /**
     * Name of the field.
     * @return the name
     */
    public String key() {
        return this.key;
    }

}
