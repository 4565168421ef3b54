package io.observability.benchmarks.metrics;

import java.io.ByteArrayOutputStream;
import java.util.List;

import io.observability.starter.metrics.ScrapeEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;

/**
 * The ways to answer a scrape.
 */
final class Scrapers {

    private Scrapers() {
    }

    static Scraper.Scrapes starter(PrometheusRegistry registry) {
        ScrapeEndpoint endpoint = new ScrapeEndpoint("/metrics", registry, false);
        return () -> endpoint.answer(Request.OPEN_METRICS).body();
    }

    static Scraper.Scrapes boot(PrometheusRegistry registry) {
        PrometheusScrapeEndpoint endpoint = new PrometheusScrapeEndpoint(registry, null);
        // Null asks for all; an empty set of names for none.
        return () -> endpoint.scrape(PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100, null).getBody();
    }

    static Scraper.Scrapes client(PrometheusRegistry registry) {
        OpenMetricsTextFormatWriter writer = OpenMetricsTextFormatWriter.create();
        return () -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            writer.write(out, registry.scrape());
            return out.toByteArray();
        };
    }

    /**
     * What a Prometheus asks.
     */
    private enum Request implements SurfaceRequest {

        OPEN_METRICS;

        @Override
        public @Nullable String header(String name) {
            return name.equals("Accept") ? "application/openmetrics-text;version=1.0.0" : null;
        }

        @Override
        public List<String> parameters(String name) {
            return List.of();
        }

    }

}
