package io.observability.sample.shop.failure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "shop.failures.enabled=true", "spring.datasource.hikari.connection-timeout=300" })
@AutoConfigureRestTestClient
@ExtendWith(OutputCaptureExtension.class)
class FailuresIntegrationTests {

    @TempDir
    static Path receipts;

    @DynamicPropertySource
    static void receipts(DynamicPropertyRegistry registry) {
        registry.add("shop.failures.receipts", () -> receipts);
    }

    @Autowired
    private RestTestClient client;

    @Autowired
    private Failures failures;

    @Autowired
    private MeterRegistry registry;

    @AfterEach
    void endAll() {
        for (FailureKind kind : FailureKind.values()) {
            this.failures.end(kind);
        }
    }

    @Test
    void latencyLetsRequestsWait() {
        begin("latency", Map.of("delay", "400ms"));
        long start = System.nanoTime();
        this.client.get().uri("/api/products").exchange().expectStatus().isOk();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void errorsHitAShareOfRequestsAndStartWithAPath() {
        begin("errors", Map.of("path", "/api/orders"));
        this.client.get().uri("/api/products").exchange().expectStatus().isOk();
        this.client.get().uri("/api/orders/1").exchange().expectStatus().is5xxServerError();
        begin("errors", Map.of("share", 0));
        this.client.get().uri("/api/products").exchange().expectStatus().isOk();
    }

    @Test
    void aResponseBreaksAfterItBegan(CapturedOutput output) {
        begin("broken-response", Map.of());
        assertThatException().isThrownBy(() -> this.client.get().uri("/api/products").exchange());
        Awaitility.await().untilAsserted(() -> assertThat(output).contains("after its response began"));
    }

    @Test
    void aLogStormBlowsAtItsRateAndEndsByItself(CapturedOutput output) {
        begin("log-storm", Map.of("rate", 200, "duration", "1s"));
        Awaitility.await().untilAsserted(() -> assertThat(this.failures.all()).isEmpty());
        long lines = output.toString().lines().filter((line) -> line.contains("Carrier does not answer")).count();
        assertThat(lines).isBetween(1L, 260L);
    }

    @Test
    void aLogBurstLogsEachOfItsLinesOnceAndIsOver(CapturedOutput output) throws IOException {
        begin("log-burst", Map.of("lines", 1001, "threads", 2));
        Awaitility.await().untilAsserted(() -> assertThat(this.failures.all()).isEmpty());
        assertThat(receipts(0)).hasSize(501).startsWith("INFO 0", "DEBUG 1").endsWith("INFO 500");
        assertThat(receipts(1)).hasSize(500).contains("WARN 489").endsWith("DEBUG 497", "INFO 498", "ERROR 499");
        Awaitility.await()
            .untilAsserted(() -> assertThat(output).contains("Carrier 0 does not answer, attempt 489")
                .contains("Carrier 1 does not answer, attempt 499"));
    }

    private static List<String> receipts(int writer) throws IOException {
        return Files.readAllLines(receipts.resolve("writer-" + writer));
    }

    @Test
    void aFloodOfVisitorsMakesAsManySeriesAsTheGuardAllowsAndIsGoneInTheEnd() {
        begin("cardinality", Map.of("visitors", 150, "rate", 10_000));
        Awaitility.await()
            .untilAsserted(() -> assertThat(visitors()).hasSize(101)
                .anyMatch((meter) -> "_other".equals(meter.getId().getTag("visitor_id"))));
        this.client.delete().uri("/actuator/failures/cardinality").exchange().expectStatus().isOk();
        Awaitility.await().untilAsserted(() -> assertThat(visitors()).isEmpty());
    }

    private Collection<Meter> visitors() {
        return this.registry.find("shop.views").meters();
    }

    @Test
    void memoryPressureFillsTheHeapAndGivesItBack() {
        // The test's heap is 1 GiB; what it holds already is far less than half of that.
        begin("memory", Map.of("heapPercent", 50));
        assertThat(used()).isGreaterThan(Runtime.getRuntime().maxMemory() * 45 / 100);
        this.client.delete().uri("/actuator/failures/memory").exchange().expectStatus().isOk();
        Awaitility.await().untilAsserted(() -> {
            ManagementFactory.getMemoryMXBean().gc();
            assertThat(used()).isLessThan(Runtime.getRuntime().maxMemory() * 40 / 100);
        });
    }

    @Test
    void aHangingDatabaseFailsRequestsAndComesBack() {
        begin("database", Map.of("duration", "2s"));
        Awaitility.await()
            .untilAsserted(() -> this.client.get().uri("/api/products").exchange().expectStatus().is5xxServerError());
        Awaitility.await().untilAsserted(() -> this.client.get().uri("/api/products").exchange().expectStatus().isOk());
        assertThat(this.failures.all()).isEmpty();
    }

    @Test
    void aFailureEndsByItself() {
        begin("errors", Map.of("duration", "300ms"));
        Awaitility.await().untilAsserted(() -> this.client.get().uri("/api/products").exchange().expectStatus().isOk());
        this.client.get().uri("/actuator/failures").exchange().expectBody().jsonPath("$").isEmpty();
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertThatIsRefused("errors", Map.of("duration", "11m"));
        assertThatIsRefused("errors", Map.of("duration", "0s"));
        assertThatIsRefused("errors", Map.of("share", 1.1));
        assertThatIsRefused("errors", Map.of("share", "NaN"));
        assertThatIsRefused("latency", Map.of("delay", "11s"));
        assertThatIsRefused("log-storm", Map.of("rate", 10_001));
        assertThatIsRefused("log-burst", Map.of("lines", 1_000_001));
        assertThatIsRefused("log-burst", Map.of("threads", 0));
        assertThatIsRefused("memory", Map.of("heapPercent", 99));
        assertThatIsRefused("earthquake", Map.of());
        assertThat(this.failures.all()).isEmpty();
    }

    @Test
    void letsNobodyInWhoComesThroughAProxy() {
        this.client.get()
            .uri("/actuator/failures")
            .header("X-Forwarded-For", "203.0.113.7")
            .exchange()
            .expectStatus()
            .isForbidden();
        this.client.post()
            .uri("/actuator/failures/errors")
            .header("Forwarded", "for=203.0.113.7")
            .body(Map.of())
            .exchange()
            .expectStatus()
            .isForbidden();
        assertThat(this.failures.all()).isEmpty();
    }

    private void begin(String kind, Map<String, Object> how) {
        this.client.post()
            .uri("/actuator/failures/{kind}", kind)
            .body(how)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$[0].kind")
            .exists();
    }

    private void assertThatIsRefused(String kind, Map<String, Object> how) {
        this.client.post().uri("/actuator/failures/{kind}", kind).body(how).exchange().expectStatus().isBadRequest();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

}
