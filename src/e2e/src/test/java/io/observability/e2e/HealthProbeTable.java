package io.observability.e2e;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long probes take while a dependency hangs, fails or is slow, with the starter and
 * with Spring Boot alone, for the table in the documentation. Measures and asserts
 * nothing, so it is no test of the build: run it by its name. Takes four minutes.
 */
class HealthProbeTable {

    private static final Duration RUN = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    // Far more often than a kubelet asks, so that seconds show what takes it an hour.
    private static final Duration EVERY = Duration.ofMillis(50);

    @ParameterizedTest
    @ValueSource(strings = { "none", "hanging", "failing", "slow" })
    void probes(String fault) throws Exception {
        measure(fault, false, "/actuator/health", "/actuator/health/liveness");
        measure(fault, true, "/healthz", "/livez");
    }

    private static void measure(String fault, boolean starter, String health, String liveness) throws Exception {
        try (FaultyService service = FaultyService.start(starter, "--faults." + fault + "=true",
                "--logging.level.root=error", "--logging.level.org.springframework.boot.tomcat=info")) {
            warmUp(service, health, fault);
            int threads = service.threads();
            Probing ofHealth = Probing.of(service.uri(health), EVERY, PATIENCE);
            Probing ofLiveness = Probing.of(service.uri(liveness), EVERY, PATIENCE);
            Probing ofPage = Probing.of(service.uri("/page"), Duration.ofMillis(10), PATIENCE);
            LockSupport.parkNanos(RUN.toNanos());
            int later = service.threads();
            ofHealth.close();
            ofLiveness.close();
            ofPage.close();
            Figures.add("| %s | %s | %s | %s | %s | %d → %d |", fault, starter ? "starter" : "Spring Boot",
                    text(ofHealth), text(ofLiveness), text(ofPage), threads, later);
        }
    }

    // What answers is compiled before it is timed.
    private static void warmUp(FaultyService service, String health, String fault) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            service.get("/page", PATIENCE);
            if (fault.equals("none") || health.equals("/healthz")) {
                service.get(health, PATIENCE);
            }
        }
    }

    private static String text(Probing probing) {
        return "%.1f / %.1f / %.0f ms, %d of %d".formatted(probing.millis(0.5), probing.millis(0.99), probing.millis(1),
                probing.asked() - probing.unanswered(), probing.asked());
    }

}
