package io.observability.starter.metrics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.metrics.histogram.HistogramKind;
import io.observability.starter.metrics.histogram.HistogramMeterRegistry;
import io.observability.starter.surface.SurfaceRequest;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pins what a scrape allocates: its body, which is 107 bytes a series here, and what the
 * client library makes to collect them.
 */
class ScrapeAllocationTests {

    private static final int BYTES_PER_SERIES = 330;

    private static final int BYTES_PER_GAUGE = 600;

    private static final int ROUTES = 5;

    private static final int GAUGES = 20;

    /** 15 buckets, count, sum and the counter of each route. */
    private static final int SERIES = 18 * ROUTES;

    /** A family of its own for each is the worst case, and the usual one. */
    @Test
    void aGaugeCostsAFewObjects() {
        PrometheusRegistry registry = new PrometheusRegistry();
        HistogramMeterRegistry meters = new HistogramMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM,
                null, Set.of(), HistogramKind.CLASSIC);
        for (int i = 0; i < GAUGES; i++) {
            Gauge.builder("jvm.memory.used." + i, () -> 7).tag("area", "heap").register(meters);
            FunctionCounter.builder("jvm.gc.count." + i, this, (any) -> 7).tag("area", "heap").register(meters);
        }
        ScrapeEndpoint endpoint = new ScrapeEndpoint("/metrics", registry, false);
        SurfaceRequest request = new Request("text/plain;version=0.0.4");
        assertThat(AllocatedBytes.perRun(() -> endpoint.answer(request)) / (2 * GAUGES))
            .isLessThanOrEqualTo(BYTES_PER_GAUGE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/plain;version=0.0.4", "application/openmetrics-text;version=1.0.0" })
    void aSeriesCostsLittleMoreThanItsText(String accept) {
        PrometheusRegistry registry = new PrometheusRegistry();
        RequestMeters meters = RequestMeters.ofServer(
                new HistogramMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM, null,
                        Set.of("http.request.duration"), HistogramKind.CLASSIC),
                MetricNaming.CONVENTIONAL, List.of(), 100);
        for (int i = 0; i < ROUTES; i++) {
            meters.end(meters.begin("GET", false), "GET", false, "/api/products/{id}/part" + i, 200, null);
        }
        ScrapeEndpoint endpoint = new ScrapeEndpoint("/metrics", registry, false);
        SurfaceRequest request = new Request(accept);
        assertThat(new String(Objects.requireNonNull(endpoint.answer(request).body()), StandardCharsets.UTF_8).lines()
            .filter((line) -> !line.startsWith("#"))).hasSizeGreaterThanOrEqualTo(SERIES);
        assertThat(AllocatedBytes.perRun(() -> endpoint.answer(request)) / SERIES)
            .isLessThanOrEqualTo(BYTES_PER_SERIES);
    }

    private record Request(String accept) implements SurfaceRequest {

        @Override
        public @Nullable String header(String name) {
            return name.equals("Accept") ? this.accept : null;
        }

        @Override
        public List<String> parameters(String name) {
            return List.of();
        }

    }

}
