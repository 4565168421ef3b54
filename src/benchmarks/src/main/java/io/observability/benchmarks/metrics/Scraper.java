package io.observability.benchmarks.metrics;

import java.io.IOException;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Answers scrapes with OpenMetrics, not compressed, as bytes that a server could send.
 * What answers is in a class of its own, which the launcher cannot load.
 */
public enum Scraper implements Contender {

    /** The starter's endpoint over its own histograms. */
    STARTER("observability-starter", Recorder.STARTER),

    /** Spring Boot's endpoint over Micrometer's. */
    BOOT("Spring Boot's endpoint", Recorder.MICROMETER),

    /** The client library alone. */
    CLIENT("Prometheus client alone", Recorder.CLIENT);

    private final String title;

    private final Recorder recorder;

    Scraper(String title, Recorder recorder) {
        this.title = title;
        this.recorder = recorder;
    }

    @Override
    public String title() {
        return this.title;
    }

    Recorder recorder() {
        return this.recorder;
    }

    Scrapes of(PrometheusRegistry registry) {
        return switch (this) {
            case STARTER -> Scrapers.starter(registry);
            case BOOT -> Scrapers.boot(registry);
            case CLIENT -> Scrapers.client(registry);
        };
    }

    /**
     * What answers.
     */
    interface Scrapes {

        byte @Nullable [] scrape() throws IOException;

    }

}
