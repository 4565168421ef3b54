package io.observability.starter.metrics;

/**
 * Which names the metrics have; one dialect per process, so that no series is doubled.
 * What a dialect has no name for keeps the conventional one.
 *
 * @since 0.1.0
 */
public enum MetricNaming {

    /**
     * Names that a user of Prometheus expects, such as {@code http_requests_total}.
     */
    CONVENTIONAL,

    /**
     * Names as Micrometer and Spring Boot make them, such as
     * {@code http_server_requests_seconds}.
     */
    MICROMETER,

    /**
     * Names of OpenTelemetry's semantic conventions as its Prometheus exporters write
     * them, such as {@code http_server_request_duration_seconds}.
     */
    OTEL

}
