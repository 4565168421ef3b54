package io.observability.starter.metrics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.histogram.SampledSpan;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScrapeEndpointTests {

    private final PrometheusRegistry prometheus = new PrometheusRegistry();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT,
            this.prometheus, Clock.SYSTEM, new SampledSpan());

    private final ScrapeEndpoint endpoint = new ScrapeEndpoint("/metrics", this.prometheus, false);

    @Test
    void isForScrapers() {
        assertThat(this.endpoint.path()).isEqualTo("/metrics");
        assertThat(this.endpoint.audience()).isEqualTo(Audience.SCRAPER);
    }

    @Test
    void writesTextThatNoCacheKeeps() {
        this.registry.counter("orders").increment();
        SurfaceResponse answer = scrape(Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            .containsEntry("Cache-Control", "no-store")
            .doesNotContainKey("Content-Encoding");
        assertThat(text(answer)).contains("# TYPE orders_total counter\norders_total 1.0\n");
    }

    @Test
    void writesOpenMetricsToItsEnd() {
        this.registry.counter("orders").increment();
        assertThat(text(scrape(Map.of("Accept", "application/openmetrics-text")))).contains("# TYPE orders counter\n")
            .endsWith("# EOF\n");
    }

    @Test
    void writesDelimitedProtobuf() {
        this.registry.gauge("stock", 3);
        byte[] body = scrape(Map.of("Accept", "application/vnd.google.protobuf")).body();
        // Length of the message, then field 1 (name), a string of five characters.
        assertThat(body[0]).isEqualTo((byte) (body.length - 1));
        assertThat(body).startsWith(body[0], 0x0a, 5, 's', 't', 'o', 'c', 'k');
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "GZIP", "x-gzip", "gzip, deflate, br", "*", "identity;q=0.5, gzip;q=1.0",
            "gzip;q=0.1" })
    void compressesWhereGzipIsAccepted(String acceptEncoding) throws IOException {
        this.registry.counter("orders").increment();
        SurfaceResponse answer = scrape(Map.of("Accept-Encoding", acceptEncoding));
        assertThat(answer.headers()).containsEntry("Content-Encoding", "gzip");
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("orders_total 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "gzip;q=nonsense" })
    void doesNotCompressOtherwise(String acceptEncoding) {
        assertThat(scrape(Map.of("Accept-Encoding", acceptEncoding)).headers()).doesNotContainKey("Content-Encoding");
    }

    @Test
    void refusesCheaply() {
        AtomicInteger collected = new AtomicInteger();
        this.registry.gauge("stock", collected, AtomicInteger::incrementAndGet);
        SurfaceResponse answer = scrape(Map.of("Accept", "image/png"));
        assertThat(answer.status()).isEqualTo(406);
        assertThat(text(answer)).startsWith("Available are: text/plain; version=0.0.4,");
        assertThat(collected).hasValue(0);
    }

    @Test
    void namesSelectFamilies() {
        this.registry.counter("orders").increment();
        this.registry.counter("orders.failed").increment();
        Timer.builder("wait").serviceLevelObjectives(Duration.ofMillis(5)).register(this.registry);
        assertThat(text(scrape(Map.of(), "orders_total"))).contains("orders_total 1.0").doesNotContain("failed");
        assertThat(text(scrape(Map.of(), "orders"))).contains("orders_total 1.0").doesNotContain("failed");
        assertThat(text(scrape(Map.of(), "wait_seconds_bucket", "orders_failed_total"))).contains("wait_seconds_sum")
            .contains("orders_failed_total")
            .doesNotContain("orders_total");
        assertThat(text(scrape(Map.of(), "nothing"))).isEmpty();
    }

    @Test
    void leavesOutTheMaximaOfTimersButNotTheUsersOwn() {
        this.registry.timer("wait").record(Duration.ofMillis(3));
        this.registry.summary("size").record(3);
        this.registry.gauge("stock.max", 9);
        assertThat(text(scrape(Map.of()))).contains("wait_seconds_count")
            .contains("size_count")
            .contains("stock_max 9.0")
            .doesNotContain("wait_seconds_max")
            .doesNotContain("size_max");
        assertThat(text(scrape(Map.of(), "wait_seconds_max"))).isEmpty();
        assertThat(text(new ScrapeEndpoint("/metrics", this.prometheus, true).answer(new Request(Map.of(), List.of()))))
            .contains("wait_seconds_max")
            .contains("size_max");
    }

    @Test
    void exemplarsSitWhereEveryPrometheusAcceptsThem() {
        Counter.builder("orders").register(this.registry).increment();
        this.registry.timer("plain").record(Duration.ofMillis(3));
        Timer.builder("wait")
            .serviceLevelObjectives(Duration.ofMillis(5))
            .register(this.registry)
            .record(Duration.ofMillis(3));
        assertThat(text(scrape(Map.of("Accept", "application/openmetrics-text"))).lines()
            .filter((line) -> line.contains(" # {"))
            .map((line) -> line.replaceAll("[{ ].*", "")))
            .containsExactlyInAnyOrder("orders_total", "wait_seconds_bucket");
        assertThat(text(scrape(Map.of()))).doesNotContain(" # {");
    }

    @Test
    void whatAScrapeCostsIsAMetric() {
        this.endpoint.bindTo(this.registry);
        Timer.builder("wait").serviceLevelObjectives(Duration.ofMillis(5)).register(this.registry);
        SurfaceResponse first = scrape(Map.of());
        String second = text(scrape(Map.of(), "observability_scrape_series", "observability_scrape_body_bytes",
                "observability_scrape_duration_seconds", "observability_scrapes_refused_total"));
        // Two buckets, count and sum, and the cost itself.
        assertThat(second).contains("observability_scrape_series 8.0\n")
            .contains("observability_scrape_body_bytes " + (double) first.body().length + "\n")
            .containsPattern("observability_scrape_duration_seconds [0-9.E-]*[1-9]")
            .contains("observability_scrapes_refused_total 0.0\n");
        assertThat(text(scrape(Map.of(), "observability_scrape_series"))).as("a part is no scrape")
            .contains("observability_scrape_series 8.0\n");
    }

    @Test
    void scrapesMayOverlapUpToABound() throws Exception {
        this.endpoint.bindTo(this.registry);
        CyclicBarrier inside = new CyclicBarrier(5);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean(true);
        this.registry.gauge("slow", slow, (on) -> {
            try {
                if (on.get()) {
                    inside.await(30, TimeUnit.SECONDS);
                    leave.await(30, TimeUnit.SECONDS);
                }
                return 1;
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        ExecutorService executor = Executors.newFixedThreadPool(4);
        List<Future<SurfaceResponse>> scrapes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            scrapes.add(executor.submit(() -> scrape(Map.of())));
        }
        inside.await(30, TimeUnit.SECONDS);
        SurfaceResponse oneTooMany = scrape(Map.of());
        assertThat(oneTooMany.status()).isEqualTo(503);
        assertThat(oneTooMany.headers()).containsEntry("Retry-After", "1");
        slow.set(false);
        leave.countDown();
        for (Future<SurfaceResponse> scrape : scrapes) {
            assertThat(scrape.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        executor.shutdown();
        assertThat(text(scrape(Map.of()))).contains("observability_scrapes_refused_total 1.0\n");
    }

    @Test
    void aFailureIsAnAnswerAndNoException() {
        Collector failing = () -> {
            throw new IllegalStateException("collector");
        };
        this.prometheus.register(failing);
        SurfaceResponse answer = scrape(Map.of());
        assertThat(answer.status()).isEqualTo(500);
        assertThat(text(answer)).doesNotContain("collector");
    }

    private SurfaceResponse scrape(Map<String, String> headers, String... names) {
        return this.endpoint.answer(new Request(headers, List.of(names)));
    }

    private static String text(SurfaceResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private record Request(Map<String, String> headers, List<String> names) implements SurfaceRequest {

        private Request {
            headers = new HashMap<>(headers);
        }

        @Override
        public @Nullable String header(String name) {
            return this.headers.get(name);
        }

        @Override
        public List<String> parameters(String name) {
            return name.equals("name[]") ? this.names : List.of();
        }

    }

}
