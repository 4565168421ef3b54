package io.observability.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;

import io.observability.e2e.health.FaultyDependencies;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service under load with one dependency that hangs, one that fails and one that is
 * slow.
 */
class HealthFaultsE2eTests {

    /** Generous for a busy machine, and less than any of the faults takes. */
    private static final Duration AT_ONCE = Duration.ofMillis(FaultyDependencies.SLOW_MILLIS - 500);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static FaultyService service;

    @BeforeAll
    static void start() throws Exception {
        service = FaultyService.start(true, "--faults.hanging=true", "--faults.failing=true", "--faults.slow=true",
                "--observability.health.interval=3s", "--spring.application.name=faulty");
        Awaitility.await().atMost(PATIENCE.multipliedBy(3)).until(() -> {
            JsonNode checks = health().path("checks");
            return status(checks, "hanging").equals("DOWN") && status(checks, "slow").equals("UP");
        });
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void probesAreAnsweredAtOnceWhateverTheDependenciesDo() throws Exception {
        int threads = service.threads();
        Probing health = Probing.of(service.uri("/healthz"), Duration.ofMillis(100), PATIENCE);
        Probing liveness = Probing.of(service.uri("/livez"), Duration.ofMillis(100), PATIENCE);
        Probing readiness = Probing.of(service.uri("/readyz"), Duration.ofMillis(100), PATIENCE);
        Probing page = Probing.of(service.uri("/page"), Duration.ofMillis(20), PATIENCE);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> health.asked() >= 50);
        for (Probing probing : new Probing[] { health, liveness, readiness, page }) {
            probing.close();
            assertThat(probing.unanswered()).isZero();
            // The median: a single answer may have to wait for the machine.
            assertThat(probing.millis(0.5)).isLessThan(AT_ONCE.toMillis());
        }
        assertThat(health.millis(0.9)).isLessThan(AT_ONCE.toMillis());
        // Each of the probes would hold one if it waited for what hangs.
        assertThat(service.threads() - threads).isLessThan(50);
    }

    @Test
    void statusesSayWhichDependencyIsWrong() throws Exception {
        HttpResponse<String> answer = service.get("/healthz", PATIENCE);
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode checks = JsonMapper.shared().readTree(answer.body()).path("checks");
        assertThat(status(checks, "hanging")).isEqualTo("DOWN");
        assertThat(status(checks, "failing")).isEqualTo("DOWN");
        assertThat(status(checks, "fine")).isEqualTo("UP");
        assertThat(status(checks, "slow")).isEqualTo("UP");
        assertThat(checks.path("slow").path("durationMs").asLong())
            .isGreaterThanOrEqualTo(FaultyDependencies.SLOW_MILLIS);
        assertThat(service.get("/livez", PATIENCE).statusCode()).isEqualTo(200);
        assertThat(service.get("/readyz", PATIENCE).statusCode()).isEqualTo(200);
        assertThat(service.output()).anyMatch((line) -> line.contains("Health check 'hanging' is DOWN (too slow"));
    }

    @Test
    void checksAndTheInstrumentationAreMetrics() throws Exception {
        service.get("/page", PATIENCE);
        String metrics = service.get("/metrics", PATIENCE).body();
        assertThat(metrics).contains("health_check_status{check=\"hanging\"} 0.0",
                "health_check_status{check=\"failing\"} 0.0", "health_check_status{check=\"fine\"} 1.0",
                "health_check_status{check=\"slow\"} 1.0", "healthz_last_check_seconds{check=\"hanging\"} NaN",
                "health_check_duration_seconds_count{check=\"hanging\"} 0",
                "observability_requests_with_span_ratio 1.0",
                "observability_required_field_empty_ratio{field=\"service.name\"} 0.0",
                "observability_required_field_empty_ratio{field=\"service.version\"} 1.0",
                "observability_required_field_empty_ratio{field=\"trace_id\"} 0.0");
        double now = System.currentTimeMillis() / 1000.0;
        assertThat(value(metrics, "healthz_last_check_seconds{check=\"fine\"}")).isBetween(now - 60, now + 1);
        assertThat(value(metrics, "observability_log_lines_with_trace_id_ratio")).isStrictlyBetween(0.0, 1.0);
    }

    private static JsonNode health() throws Exception {
        return JsonMapper.shared().readTree(service.get("/healthz", PATIENCE).body());
    }

    private static String status(JsonNode checks, String name) {
        return checks.path(name).path("status").asString();
    }

    private static double value(String metrics, String series) {
        return metrics.lines()
            .filter((line) -> line.startsWith(series + " "))
            .mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
            .findFirst()
            .orElse(Double.NaN);
    }

}
