package io.observability.starter.logging.line;

import io.observability.starter.context.ContextField;

/**
 * Members that a log line may have of its own: the one table of their names.
 *
 * @since 0.1.0
 */
public enum LineField {

    /** When the event was made, UTC, ISO 8601 with microseconds. */
    TIMESTAMP("@timestamp"),

    /** Version of the logstash event format, {@code "1"}. */
    VERSION("@version"),

    /** Name of the level. */
    LEVEL("level"),

    /** Number of the level; larger is more severe. */
    LEVEL_VALUE("level_value"),

    /** Formatted message. */
    MESSAGE("message"),

    /** Name of the logger. */
    LOGGER("logger_name"),

    /** Name of the thread that logged. */
    THREAD("thread_name"),

    /** Trace that the line belongs to. */
    TRACE_ID(ContextField.TRACE_ID.key()),

    /** Span that the line belongs to. */
    SPAN_ID(ContextField.SPAN_ID.key()),

    /** Request that the line belongs to. */
    REQUEST_ID(ContextField.REQUEST_ID.key()),

    /** Name of the service. */
    SERVICE("service"),

    /** Version of the service. */
    SERVICE_VERSION("service_version"),

    /** Environment that the service runs in. */
    ENVIRONMENT("environment"),

    /** Names of the markers. */
    TAGS("tags"),

    /** Class of the exception. */
    ERROR_TYPE("error_type"),

    /** Hash of the exception's classes and frames, the same for the same failure. */
    STACK_HASH("stack_hash"),

    /** Exception with its frames, causes and suppressed exceptions. */
    STACK_TRACE("stack_trace"),

    /** Number of fields left out because the line was full. */
    FIELDS_CUT("fields_cut"),

    /** Class of the error that made this line a minimal one. */
    ENCODING_ERROR("encoding_error");

    private final String logstash;

    LineField(String logstash) {
        this.logstash = logstash;
    }

    /**
     * Name of this member in a schema.
     * @param schema the schema
     * @return the name
     */
    public String name(LineSchema schema) {
        return switch (schema) {
            case LOGSTASH -> this.logstash;
        };
    }

}
