package io.observability.starter.metrics;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.metrics.histogram.HistogramKind;
import io.observability.starter.metrics.histogram.HistogramMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RequestMetersTests {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final RequestMeters server = RequestMeters.ofServer(this.registry, MetricNaming.CONVENTIONAL, List.of(),
            10);

    private final RequestMeters client = RequestMeters.ofClient(this.registry, MetricNaming.CONVENTIONAL, List.of(),
            10);

    @Test
    void countsAndTimes() {
        record("GET", "/shirts/{id}", 200);
        record("GET", "/shirts/{id}", 200);
        record("GET", "/shirts/{id}", 404);
        assertThat(this.registry.scrape())
            .contains("http_requests_total{code=\"200\",method=\"GET\",route=\"/shirts/{id}\"} 2.0")
            .contains("http_requests_total{code=\"404\",method=\"GET\",route=\"/shirts/{id}\"} 1.0")
            .contains("http_request_duration_seconds_count{code=\"200\",method=\"GET\",route=\"/shirts/{id}\"} 2")
            .contains("http_requests_in_flight{method=\"GET\"} 0.0");
    }

    @Test
    void theCounterDoesNotNeedTheTimer() {
        PrometheusMeterRegistry withoutTimer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        withoutTimer.config().meterFilter(MeterFilter.denyNameStartsWith("http.request.duration"));
        RequestMeters meters = RequestMeters.ofServer(withoutTimer, MetricNaming.CONVENTIONAL, List.of(), 10);
        meters.end(meters.begin("GET", false), "GET", false, "/", 200, null);
        assertThat(withoutTimer.scrape()).contains("http_requests_total{code=\"200\",method=\"GET\",route=\"/\"} 1.0")
            .doesNotContain("duration");
    }

    @Test
    void routesAboveTheBoundAreCountedTogether(CapturedOutput output) {
        for (int i = 0; i < 1000; i++) {
            record("GET", "/" + i, 200);
        }
        record("GET", LabelValue.UNMATCHED, 404);
        // Ten, the one for the rest, and the reserved one.
        assertThat(this.registry.get("http.requests").functionCounters()).hasSize(12);
        assertThat(this.registry.get("http.requests").tag("route", "_other").functionCounter().count()).isEqualTo(990);
        assertThat(this.registry.get("http.requests").tag("route", "_unmatched").functionCounter().count())
            .isEqualTo(1);
        assertThat(output.getAll()).containsOnlyOnce("More than 10 routes in http_request_duration_seconds");
    }

    @Test
    void aRouteThatIsTooLongIsNone() {
        record("GET", "/" + "x".repeat(300), 200);
        assertThat(this.registry.get("http.requests").tag("route", "_other").functionCounter().count()).isEqualTo(1);
    }

    @Test
    void oddCodesAndMethodsAreCountedTogether() {
        for (int code : new int[] { 0, -7, 42, 600, 12_345 }) {
            record("X" + code, "/", code);
        }
        assertThat(this.registry.get("http.requests").functionCounters()).singleElement().satisfies((counter) -> {
            assertThat(counter.count()).isEqualTo(5);
            assertThat(counter.getId().getTag("code")).isEqualTo("_other");
            assertThat(counter.getId().getTag("method")).isEqualTo("_other");
        });
    }

    @Test
    void hostsAreBoundedAsWell() {
        for (int i = 0; i < 1000; i++) {
            this.client.endCall(this.client.beginCall(), "GET", "host" + i, 80, "/" + i, 200, null);
        }
        assertThat(this.registry.get("http.client.request.duration").timers()).hasSizeLessThanOrEqualTo(21);
        assertThat(this.registry.get("http.client.request.duration").timers().stream().mapToLong(Timer::count).sum())
            .isEqualTo(1000);
    }

    @Test
    void aCallWithoutAnAnswerHasACodeOfItsOwn() {
        this.client.endCall(this.client.beginCall(), "GET", "inventory", 80, "/stock", RequestMeters.NO_ANSWER,
                new IOException());
        assertThat(this.registry.scrape()).contains("http_client_request_duration_seconds_count"
                + "{code=\"_error\",host=\"inventory\",method=\"GET\",route=\"/stock\"} 1");
    }

    @Test
    void nothingIsLostUnderContention() throws InterruptedException, TimeoutException {
        int threads = 8;
        int each = 5_000;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            executor.execute(() -> {
                try {
                    start.await();
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                for (int i = 0; i < each; i++) {
                    record((i % 2 == 0) ? "GET" : "POST", "/" + (i % 30), 200 + i % 3);
                }
            });
        }
        start.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(this.registry.get("http.requests")
            .functionCounters()
            .stream()
            .mapToDouble(FunctionCounter::count)
            .sum()).isEqualTo(threads * each);
        assertThat(this.registry.get("http.request.duration").timers().stream().mapToLong(Timer::count).sum())
            .isEqualTo((long) threads * each);
        assertThat(this.registry.get("http.requests.in.flight").gauges())
            .allSatisfy((gauge) -> assertThat(gauge.value()).isZero());
    }

    @ParameterizedTest
    @EnumSource(MetricNaming.class)
    void aRequestWhoseSeriesExistAllocatesNothing(MetricNaming naming) {
        for (MeterRegistry registry : List.of(this.registry, histograms(HistogramKind.CLASSIC),
                histograms(HistogramKind.BOTH), histograms(HistogramKind.NATIVE))) {
            RequestMeters meters = RequestMeters.ofServer(registry, naming, List.of(), 10);
            Throwable error = new IllegalStateException();
            assertThat(AllocatedBytes.perRun(() -> {
                meters.end(meters.begin("GET", true), "GET", true, "/shirts/{id}", 200, null);
                meters.end(meters.begin("POST", false), "POST", false, "/shirts", 500, error);
            })).isZero();
            RequestMeters calls = RequestMeters.ofClient(registry, naming, List.of(), 10);
            assertThat(AllocatedBytes.perRun(() -> {
                calls.endCall(calls.beginCall(), "GET", "inventory", 8080, "/stock/{id}", 200, null);
                calls.endCall(calls.beginCall(), "GET", "inventory", 8443, "/stock/{id}", RequestMeters.NO_ANSWER,
                        error);
            })).isZero();
        }
    }

    @Test
    void aCompositeAllocatesAtMostItsIterator() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(histograms(HistogramKind.CLASSIC));
        composite.add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        RequestMeters meters = RequestMeters.ofServer(composite, MetricNaming.CONVENTIONAL, List.of(), 10);
        assertThat(AllocatedBytes
            .perRun(() -> meters.end(meters.begin("GET", true), "GET", true, "/shirts/{id}", 200, null)))
            .isLessThanOrEqualTo(40);
    }

    private static MeterRegistry histograms(HistogramKind kind) {
        return new HistogramMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, null,
                Set.of("http.request.duration", "http.client.request.duration", "http.server.requests",
                        "http.client.requests", "http.server.request.duration"),
                kind);
    }

    @Test
    void objectivesAreAddedToTheAdvisedBuckets() {
        assertThat(RequestBuckets.with(List.of())).hasSize(14);
        assertThat(RequestBuckets.with(List.of(Duration.ofMillis(300), Duration.ofMillis(5)))).hasSize(15)
            .contains(Duration.ofMillis(300))
            .isSorted();
    }

    private void record(String method, String route, int code) {
        this.server.end(this.server.begin(method, false), method, false, route, code, null);
    }

}
