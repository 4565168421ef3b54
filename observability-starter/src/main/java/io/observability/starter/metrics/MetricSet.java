package io.observability.starter.metrics;

/**
 * How many metric families a service shows. The user's own meters are in every set.
 *
 * @since 0.1.0
 */
public enum MetricSet {

    /**
     * The families of {@link MetricName} and nothing else of what Spring Boot brings.
     */
    MINIMAL,

    /**
     * Also the families that Spring Boot brings, but for the windowed maxima of timers.
     */
    STANDARD,

    /** Everything. */
    FULL

}
