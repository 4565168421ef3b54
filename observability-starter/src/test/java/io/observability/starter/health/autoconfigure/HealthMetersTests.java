package io.observability.starter.health.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.health.HealthCheck;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthMetric;
import io.observability.starter.health.HealthSchedule;
import io.observability.starter.health.HealthStatus;
import io.observability.starter.health.HealthTimings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link HealthMeters} and {@link HealthMetric}.
 */
@Timeout(60)
class HealthMetersTests {

    private static final Instant ENDED = Instant.parse("2026-01-02T03:04:05.500Z");

    private final Map<String, HealthCheck> source = new ConcurrentHashMap<>();

    private final AtomicLong nanos = new AtomicLong();

    private final CountDownLatch release = new CountDownLatch(1);

    private final HealthMeters meters = new HealthMeters(this::checks);

    private final HealthChecks checks = new HealthChecks(() -> List.of(() -> this.source), (name) -> true,
            new HealthSchedule(
                    new HealthTimings(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(30), false),
                    Map.of()),
            this.meters, this.nanos::get, Clock.fixed(ENDED, ZoneOffset.UTC));

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        this.release.countDown();
        this.checks.stop();
    }

    @Test
    void checkHasStatusTimeOfItsLastRunAndDuration() {
        this.meters.bindTo(this.registry);
        this.source.put("db", () -> {
            this.nanos.addAndGet(Duration.ofMillis(20).toNanos());
            return HealthStatus.UP;
        });
        this.source.put("search", () -> HealthStatus.DOWN);
        this.source.put("hanging", () -> {
            this.release.await();
            return HealthStatus.UP;
        });
        this.checks.start();
        await().until(() -> this.checks.runs("db").count() == 1 && this.checks.runs("search").count() == 1);
        await().until(() -> this.registry.find(HealthMetric.STATUS.meter()).gauges().size() == 3);
        assertThat(gauge(HealthMetric.STATUS, "db")).isEqualTo(1);
        assertThat(gauge(HealthMetric.STATUS, "search")).isEqualTo(0);
        assertThat(gauge(HealthMetric.STATUS, "hanging")).isNaN();
        assertThat(gauge(HealthMetric.LAST_CHECK, "db")).isEqualTo(ENDED.toEpochMilli() / 1000.0);
        assertThat(gauge(HealthMetric.LAST_CHECK, "hanging")).isNaN();
        FunctionTimer duration = this.registry.get(HealthMetric.DURATION.meter())
            .tag(HealthMetric.LABEL, "db")
            .functionTimer();
        assertThat(duration.count()).isEqualTo(1);
        assertThat(duration.totalTime(java.util.concurrent.TimeUnit.MILLISECONDS)).isEqualTo(20);
        this.nanos.addAndGet(Duration.ofMillis(101).toNanos());
        assertThat(gauge(HealthMetric.STATUS, "hanging")).isEqualTo(0);
        this.nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(gauge(HealthMetric.STATUS, "hanging")).isEqualTo(0);
    }

    @Test
    void seriesComeAndGoWithTheirCheckInEachRegistry() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        SimpleMeterRegistry inside = new SimpleMeterRegistry();
        composite.add(inside);
        this.source.put("db", () -> HealthStatus.UP);
        this.meters.bindTo(this.registry);
        this.checks.start();
        await().until(() -> this.registry.getMeters().size() == 3);
        this.meters.bindTo(composite);
        assertThat(inside.getMeters()).hasSize(3);
        this.source.clear();
        this.source.put("search", () -> HealthStatus.UP);
        await().untilAsserted(() -> assertThat(checksOf(this.registry)).containsExactly("search"));
        assertThat(checksOf(inside)).containsExactly("search");
        assertThat(this.registry.getMeters()).hasSize(3);
        assertThat(inside.getMeters()).hasSize(3);
    }

    @Test
    void familiesHaveTheirDeclaredNamesAndTypes() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.meters.bindTo(prometheus);
        this.source.put("db", () -> HealthStatus.UP);
        this.checks.start();
        await().until(() -> this.checks.runs("db").count() == 1);
        await().untilAsserted(() -> assertThat(prometheus.scrape()).contains("health_check_duration_seconds_count"));
        String scrape = prometheus.scrape();
        for (HealthMetric metric : HealthMetric.values()) {
            assertThat(scrape).contains("# HELP " + metric.family() + " " + metric.help(),
                    "# TYPE " + metric.family() + " " + metric.type());
        }
        assertThat(scrape).contains("health_check_status{check=\"db\"} 1.0",
                "healthz_last_check_seconds{check=\"db\"} 1.7673230455E9",
                "health_check_duration_seconds_count{check=\"db\"} 1");
    }

    @Test
    void documentationListsEachMetric() throws IOException {
        String page = Files.readString(Path.of("../src/docs/health.md"));
        assertThat(page.lines().filter((line) -> line.startsWith("| `health")))
            .containsExactlyElementsOf(Arrays.stream(HealthMetric.values())
                .map((metric) -> "| `%s{%s}` | %s | %s |".formatted(metric.family(), HealthMetric.LABEL, metric.help(),
                        metric.type()))
                .toList());
    }

    private HealthChecks checks() {
        return this.checks;
    }

    private double gauge(HealthMetric metric, String check) {
        return this.registry.get(metric.meter()).tag(HealthMetric.LABEL, check).gauge().value();
    }

    private static List<String> checksOf(MeterRegistry registry) {
        return registry.getMeters()
            .stream()
            .map(Meter::getId)
            .map((id) -> String.valueOf(id.getTag(HealthMetric.LABEL)))
            .distinct()
            .toList();
    }

}
