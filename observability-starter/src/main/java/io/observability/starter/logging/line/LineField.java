package io.observability.starter.logging.line;

import org.jspecify.annotations.Nullable;

/**
 * Members that a log line may have of its own: the one table of their names, a column for
 * each schema. {@code a>b} is a member {@code b} inside an object {@code a}, {@code -}
 * stands for a member that a schema does not have.
 *
 * @since 0.1.0
 */
public enum LineField {

    // @formatter:off

    /** When the event was made. */
    TIMESTAMP("@timestamp", "@timestamp", "Timestamp", "timestamp", "time"),

    /** Version of the schema itself. */
    VERSION("@version", "ecs.version", "-", "-", "-"),

    /** Name of the level. */
    LEVEL("level", "log.level", "SeverityText", "level", "severity"),

    /** Number of the level; larger is more severe. */
    LEVEL_VALUE("level_value", "-", "SeverityNumber", "-", "-"),

    /** Formatted message. */
    MESSAGE("message", "message", "Body", "message", "message"),

    /** Name of the logger. */
    LOGGER("logger_name", "log.logger", "InstrumentationScope>Name", "logger", "logger"),

    /** Name of the thread that logged. */
    THREAD("thread_name", "process.thread.name", "Attributes>thread.name", "thread", "thread"),

    /** Trace that the line belongs to. */
    TRACE_ID("trace_id", "trace.id", "TraceId", "trace_id", "logging.googleapis.com/trace"),

    /** Span that the line belongs to. */
    SPAN_ID("span_id", "span.id", "SpanId", "span_id", "logging.googleapis.com/spanId"),

    /** Request that the line belongs to. */
    REQUEST_ID("request_id", "http.request.id", "Attributes>request_id", "request_id", "request_id"),

    /** Name of the service. */
    SERVICE("service", "service.name", "Resource>service.name", "service_name", "serviceContext>service"),

    /** Version of the service. */
    SERVICE_VERSION("service_version", "service.version", "Resource>service.version", "service_version",
            "serviceContext>version"),

    /** Environment that the service runs in. */
    ENVIRONMENT("environment", "service.environment", "Resource>deployment.environment.name", "environment",
            "environment"),

    /** Names of the markers. */
    TAGS("tags", "tags", "Attributes>log.markers", "tags", "tags"),

    /** Class of the exception. */
    ERROR_TYPE("error_type", "error.type", "Attributes>exception.type", "error_type", "error_type"),

    /** Message of the exception; it stands in the stack trace as well. */
    ERROR_MESSAGE("-", "error.message", "Attributes>exception.message", "-", "-"),

    /** Hash of the exception's classes and frames, the same for the same failure. */
    STACK_HASH("stack_hash", "labels>stack_hash", "Attributes>exception.hash", "stack_hash", "stack_hash"),

    /** Exception with its frames, causes and suppressed exceptions. */
    STACK_TRACE("stack_trace", "error.stack_trace", "Attributes>exception.stacktrace", "stack_trace",
            "stack_trace"),

    /** Number of fields left out because the line was full. */
    FIELDS_CUT("fields_cut", "labels>fields_cut", "Attributes>log.fields_cut", "fields_cut", "fields_cut"),

    /** Class of the error that made this line a minimal one. */
    ENCODING_ERROR("encoding_error", "labels>encoding_error", "Attributes>log.encoding_error", "encoding_error",
            "encoding_error");

    // @formatter:on

    private static final String NONE = "-";

    private final String logstash;

    private final String ecs;

    private final String otel;

    private final String loki;

    private final String gcp;

    LineField(String logstash, String ecs, String otel, String loki, String gcp) {
        this.logstash = logstash;
        this.ecs = ecs;
        this.otel = otel;
        this.loki = loki;
        this.gcp = gcp;
    }

    @Nullable String logstash() {
        return orNull(this.logstash);
    }

    @Nullable String ecs() {
        return orNull(this.ecs);
    }

    @Nullable String otel() {
        return orNull(this.otel);
    }

    @Nullable String loki() {
        return orNull(this.loki);
    }

    @Nullable String gcp() {
        return orNull(this.gcp);
    }

    private static @Nullable String orNull(String path) {
        return path.equals(NONE) ? null : path;
    }

}
