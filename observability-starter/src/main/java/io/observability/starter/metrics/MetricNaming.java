package io.observability.starter.metrics;

/**
 * Which names the metrics have; one dialect per process, so that no series is doubled.
 *
 * @since 0.1.0
 */
public enum MetricNaming {

    /**
     * Names that a user of Prometheus expects, such as {@code http_requests_total}.
     */
    CONVENTIONAL,

    /**
     * Names as Micrometer and Spring Boot make them; nothing is renamed, left out or
     * added.
     */
    MICROMETER

}
