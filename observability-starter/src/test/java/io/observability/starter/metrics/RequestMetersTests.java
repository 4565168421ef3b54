package io.observability.starter.metrics;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RequestMetersTests {

    /** The sample: header, two references, a long, an int and a boolean. */
    private static final long BYTES_PER_REQUEST = 40;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final RequestMeters server = RequestMeters.ofServer(this.registry, List.of(), 10);

    private final RequestMeters client = RequestMeters.ofClient(this.registry, List.of(), 10);

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
        RequestMeters meters = RequestMeters.ofServer(withoutTimer, List.of(), 10);
        meters.end(meters.begin("GET"), null, "GET", "/", 200);
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
            this.client.end(this.client.begin("GET"), "host" + i, "GET", "/" + i, 200);
        }
        assertThat(this.registry.get("http.client.request.duration").timers()).hasSizeLessThanOrEqualTo(21);
        assertThat(this.registry.get("http.client.request.duration").timers().stream().mapToLong(Timer::count).sum())
            .isEqualTo(1000);
    }

    @Test
    void aCallWithoutAnAnswerHasACodeOfItsOwn() {
        this.client.end(this.client.begin(null), "inventory", "GET", "/stock", RequestMeters.NO_ANSWER);
        assertThat(this.registry.scrape()).contains("http_client_request_duration_seconds_count"
                + "{code=\"_error\",host=\"inventory\",method=\"GET\",route=\"/stock\"} 1");
    }

    @Test
    void aRequestEndsOnce() {
        RequestSample sample = this.server.begin("GET");
        sample.deferEnd();
        this.server.end(sample, null, "GET", "/", 200);
        assertThat(this.registry.find("http.requests").functionCounter()).isNull();
        this.server.end(sample, null, "GET", "/", 503);
        this.server.end(sample, null, "GET", "/", 200);
        assertThat(this.registry.get("http.requests").functionCounters()).singleElement()
            .satisfies((counter) -> assertThat(counter.getId().getTag("code")).isEqualTo("503"));
        assertThat(this.registry.get("http.requests.in.flight").gauge().value()).isZero();
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

    @Test
    void aRequestWhoseSeriesExistCostsItsSampleAndNothingElse() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            record("GET", "/shirts/{id}", 200);
        }
        int requests = 20_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < requests; i++) {
            record("GET", "/shirts/{id}", 200);
        }
        long perRequest = (threads.getCurrentThreadAllocatedBytes() - before) / requests;
        assertThat(perRequest).isLessThanOrEqualTo(BYTES_PER_REQUEST);
    }

    @Test
    void objectivesAreAddedToTheAdvisedBuckets() {
        assertThat(RequestBuckets.with(List.of())).hasSize(14);
        assertThat(RequestBuckets.with(List.of(Duration.ofMillis(300), Duration.ofMillis(5)))).hasSize(15)
            .contains(Duration.ofMillis(300))
            .isSorted();
    }

    private void record(String method, String route, int code) {
        this.server.end(this.server.begin(method), null, method, route, code);
    }

}
