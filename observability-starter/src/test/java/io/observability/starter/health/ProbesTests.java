package io.observability.starter.health;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.AllocatedBytes;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link Probes}.
 */
class ProbesTests {

    private static final SurfaceRequest REQUEST = new SurfaceRequest() {

        @Override
        public String header(String name) {
            return null;
        }

        @Override
        public List<String> parameters(String name) {
            return List.of();
        }

    };

    private static final long BYTES_PER_HEALTH_OF_FIVE = 2500;

    private final Map<String, HealthCheck> source = new TreeMap<>();

    private final HealthChecks checks = new HealthChecks(() -> List.of(() -> this.source), (name) -> true,
            schedule(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30)), new RecordingListener(),
            System::nanoTime, Clock.systemUTC());

    @AfterEach
    void stop() {
        this.checks.stop();
    }

    @ParameterizedTest
    @CsvSource({ "true, true, UP, 200, UP", "true, true, UNKNOWN, 200, UP", "true, true, DEGRADED, 200, UP",
            "true, true, DOWN, 503, DOWN", "true, true, OUT_OF_SERVICE, 503, OUT_OF_SERVICE",
            "true, true, FATAL, 503, DOWN", "true, false, UP, 503, OUT_OF_SERVICE", "true, false, DOWN, 503, DOWN",
            "false, true, UP, 503, DOWN", "false, false, UP, 503, DOWN", "false, true, OUT_OF_SERVICE, 503, DOWN" })
    void healthIsLivenessReadinessAndEveryCheck(boolean live, boolean ready, String check, int status, String code) {
        HealthStatus found = new HealthStatus(check, !List.of("UP", "UNKNOWN", "DEGRADED").contains(check));
        this.source.put("disk", () -> HealthStatus.UP);
        this.source.put("db", () -> found);
        this.checks.start();
        this.checks.awaitFirstResults((name) -> true);
        SurfaceResponse answer = answer(Probes.health("/healthz", new Fixed(live, ready), this.checks));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(body(answer)).matches("\\{\"status\":\"" + code + "\",\"checks\":\\{\"db\":\\{\"status\":\"" + check
                + "\",\"durationMs\":\\d+,\"ageMs\":\\d+},\"disk\":\\{\"status\":\"UP\",\"durationMs\":\\d+,\"ageMs\":\\d+}}}");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store")
            .containsEntry("Content-Type", "application/json");
    }

    @Test
    void firstAnswerWaitsForTheFirstResults() {
        this.source.put("db", () -> {
            Thread.onSpinWait();
            return HealthStatus.DOWN;
        });
        this.checks.start();
        SurfaceResponse answer = answer(Probes.health("/healthz", new Fixed(true, true), this.checks));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(body(answer)).contains("\"db\":{\"status\":\"DOWN\"");
    }

    @Test
    void serviceThatCannotListItsChecksIsDown() {
        HealthChecks broken = new HealthChecks(() -> {
            throw new IllegalStateException("secret");
        }, (name) -> true, schedule(Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofSeconds(30)),
                new RecordingListener(), System::nanoTime, Clock.systemUTC());
        broken.start();
        try {
            SurfaceResponse answer = answer(Probes.health("/healthz", new Fixed(true, true), broken));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(body(answer)).isEqualTo("{\"status\":\"DOWN\",\"checks\":{}}");
        }
        finally {
            broken.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({ "true, 200, UP", "false, 503, DOWN" })
    void livenessNeverLooksAtChecks(boolean live, int status, String code) {
        SurfaceResponse answer = answer(Probes.liveness("/livez", new Fixed(live, false)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(body(answer)).isEqualTo("{\"status\":\"" + code + "\"}");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @CsvSource({ "true, '', 200, UP", "false, '', 503, OUT_OF_SERVICE", "true, disk, 200, UP", "true, d*, 503, DOWN",
            "true, db, 503, DOWN", "false, db, 503, OUT_OF_SERVICE", "true, none, 200, UP" })
    void readinessCountsTheChosenChecks(boolean ready, String include, int status, String code) {
        this.source.put("disk", () -> HealthStatus.UP);
        this.source.put("db/primary", () -> HealthStatus.DOWN);
        this.checks.start();
        NamePatterns names = new NamePatterns(include.isEmpty() ? List.of() : List.of(include));
        SurfaceResponse answer = answer(Probes.readiness("/readyz", new Fixed(true, ready), this.checks, names));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(body(answer)).isEqualTo("{\"status\":\"" + code + "\"}");
    }

    @Test
    void hostileNamesAndCodesAreDataAndNeverStructure() {
        String name = "a\":{\"status\":\"UP\"},\"b\\\n\r\u0000\u2028\ud800<script>&\u007f\u00e4";
        String code = "\"},\"x\":{\"";
        this.source.put(name, () -> new HealthStatus(code, false));
        this.source.put("x".repeat(500), () -> new HealthStatus("y".repeat(500), false));
        this.checks.start();
        this.checks.awaitFirstResults((any) -> true);
        SurfaceResponse answer = answer(Probes.health("/healthz", new Fixed(true, true), this.checks));
        String body = body(answer);
        assertThat(body).matches("[ -~]*").doesNotContain("<", ">", "&");
        JsonNode checks = JsonMapper.shared().readTree(body).get("checks");
        assertThat(checks.propertyNames()).containsExactlyInAnyOrder(name, "x".repeat(128));
        assertThat(checks.get(name).get("status").asString()).isEqualTo(code);
        assertThat(checks.get("x".repeat(128)).get("status").asString()).isEqualTo("y".repeat(64));
    }

    @Test
    void nothingOfAnExceptionReachesTheAnswer() {
        this.source.put("db", () -> {
            throw new IllegalStateException("jdbc:postgresql://10.0.0.7/shop?password=secret");
        });
        this.checks.start();
        this.checks.awaitFirstResults((name) -> true);
        await().until(() -> this.checks.states().get(0).basis() == CheckState.Basis.EXCEPTION);
        SurfaceResponse answer = answer(Probes.health("/healthz", new Fixed(true, true), this.checks));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(body(answer)).doesNotContain("secret", "jdbc", "Exception");
    }

    @Test
    void probesAreForProbesUnderTheirPaths() {
        SurfaceEndpoint probe = Probes.liveness("/alive", new Fixed(true, true));
        assertThat(probe.path()).isEqualTo("/alive");
        assertThat(probe.audience()).isEqualTo(Audience.PROBE);
    }

    @Test
    void livenessAndReadinessAllocateNothingAndHealthSomeBytesForEachCheck() {
        for (int i = 0; i < 5; i++) {
            this.source.put("check" + i, () -> HealthStatus.UP);
        }
        this.checks.start();
        this.checks.awaitFirstResults((name) -> true);
        Fixed fixed = new Fixed(true, true);
        NamePatterns none = new NamePatterns(List.of());
        assertThat(bytesPerAnswer(Probes.liveness("/livez", fixed))).isZero();
        assertThat(bytesPerAnswer(Probes.readiness("/readyz", fixed, this.checks, none))).isZero();
        long health = bytesPerAnswer(Probes.health("/healthz", fixed, this.checks));
        assertThat(health).isLessThanOrEqualTo(BYTES_PER_HEALTH_OF_FIVE);
    }

    private static long bytesPerAnswer(SurfaceEndpoint probe) {
        return AllocatedBytes.perRun(() -> answer(probe));
    }

    private static HealthSchedule schedule(Duration timeout, Duration interval, Duration staleAfter) {
        return new HealthSchedule(new HealthTimings(timeout, interval, staleAfter, false), Map.of());
    }

    private static SurfaceResponse answer(SurfaceEndpoint endpoint) {
        return endpoint.answer(REQUEST);
    }

    private static String body(SurfaceResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private record Fixed(boolean isLive, boolean isReady) implements Availability {

    }

}
