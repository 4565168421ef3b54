package io.observability.benchmarks.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Records requests in one way: a histogram of 14 buckets by method, route and status, and
 * a count where that is one more family. What records is in classes of its own, which the
 * launcher cannot load.
 */
public enum Recorder implements Contender {

    /** The starter's meters, and its histograms. */
    STARTER("observability-starter"),

    /** As Micrometer's handler of observations does: a look-up by new tags each time. */
    MICROMETER("Micrometer, as Spring Boot uses it"),

    /** The client library alone, by the values of the labels. */
    CLIENT("Prometheus client alone");

    private final String title;

    Recorder(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return this.title;
    }

    Requests in(PrometheusRegistry registry) {
        return switch (this) {
            case STARTER -> Recorders.starter(registry);
            case MICROMETER -> Recorders.micrometer(registry);
            case CLIENT -> Recorders.client(registry);
        };
    }

    /**
     * What records.
     */
    interface Requests {

        void record(String method, String route, int code);

    }

}
