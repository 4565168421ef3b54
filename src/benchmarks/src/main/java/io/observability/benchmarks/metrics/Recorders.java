package io.observability.benchmarks.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.metrics.histogram.HistogramKind;
import io.observability.starter.metrics.histogram.HistogramMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The ways to record a request.
 */
final class Recorders {

    private static final double[] UPPER_BOUNDS = { 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
            7.5, 10 };

    private static final Duration[] BUCKETS = DoubleStream.of(UPPER_BOUNDS)
        .mapToObj((bound) -> Duration.ofNanos(Math.round(bound * 1e9)))
        .toArray(Duration[]::new);

    private Recorders() {
    }

    static Recorder.Requests starter(PrometheusRegistry registry) {
        RequestMeters meters = RequestMeters.ofServer(
                new HistogramMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM, null,
                        Set.of("http.request.duration"), HistogramKind.CLASSIC),
                MetricNaming.CONVENTIONAL, List.of(), 10_000);
        return (method, route, code) -> meters.end(meters.begin(method, false), method, false, route, code, null);
    }

    static Recorder.Requests micrometer(PrometheusRegistry registry) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        return (method, route, code) -> {
            Timer.Sample sample = Timer.start(meters);
            sample.stop(Timer.builder("http.server.requests")
                .tags(Tags.of("method", method, "uri", route, "status", String.valueOf(code), "outcome", "SUCCESS",
                        "exception", "none", "error", "none"))
                .serviceLevelObjectives(BUCKETS)
                .register(meters));
        };
    }

    static Recorder.Requests client(PrometheusRegistry registry) {
        Histogram durations = Histogram.builder()
            .name("http_request_duration_seconds")
            .labelNames("method", "route", "code")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(UPPER_BOUNDS)
            .register(registry);
        Counter requests = Counter.builder()
            .name("http_requests_total")
            .labelNames("method", "route", "code")
            .withoutExemplars()
            .register(registry);
        return (method, route, code) -> {
            long start = System.nanoTime();
            String status = String.valueOf(code);
            durations.labelValues(method, route, status)
                .observe((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
            requests.labelValues(method, route, status).inc();
        };
    }

}
