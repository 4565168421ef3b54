package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.surface.TestService;
import io.observability.starter.surface.TestService.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What checks of real services do on their threads, and what they do not hold up.
 */
class HealthThreadsIntegrationTests {

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "NETTY" })
    void hangingDependencyFailsHealthWithoutHoldingAProbe(Server server) {
        Hanging.release = new CountDownLatch(1);
        try (TestService service = TestService.on(server)
            .with(Hanging.class)
            .set("observability.health.timeout=200ms", "observability.health.interval=300ms")
            .start()) {
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(service.get("/livez").status()).isEqualTo(200);
                assertThat(service.get("/readyz").status()).isEqualTo(200);
                service.get("/healthz");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            await().untilAsserted(() -> {
                TestService.Answer health = service.get("/healthz");
                assertThat(health.status()).isEqualTo(503);
                assertThat(health.body()).startsWith("{\"status\":\"DOWN\",\"checks\":{\"db\":{\"status\":\"DOWN\"");
            });
            Hanging.release.countDown();
            await().untilAsserted(() -> assertThat(service.get("/healthz").status()).isEqualTo(200));
        }
    }

    @Test
    void slowCheckDoesNotDelayTheStart() {
        Hanging.release = new CountDownLatch(1);
        Hanging.thread.set(null);
        try (TestService service = TestService.on(Server.TOMCAT).with(Hanging.class).start()) {
            // The service has started although the check has not returned.
            await().until(() -> Hanging.thread.get() != null);
            assertThat(Hanging.thread.get().getName()).startsWith("observability-health-");
            assertThat(service.get("/readyz").status()).isEqualTo(200);
        }
        finally {
            Hanging.release.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "NETTY" })
    void checksAreNotObservedEvenOnAnotherThread(Server server) {
        try (TestService service = TestService.on(server).with(Observing.class).start()) {
            Observing observing = service.context().getBean(Observing.class);
            await().until(() -> observing.seen.size() == 2);
            assertThat(observing.seen).containsEntry("blocking", true).containsEntry("reactive", true);
            ObservationRegistry registry = service.context().getBean(ObservationRegistry.class);
            assertThat(Observation.createNotStarted("outside", registry).isNoop()).isFalse();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Observing {

        final Map<String, Boolean> seen = new ConcurrentHashMap<>();

        @Bean
        HealthIndicator blockingHealthIndicator(ObservationRegistry registry) {
            return () -> {
                this.seen.put("blocking", Observation.createNotStarted("inside", registry).isNoop());
                return Health.up().build();
            };
        }

        @Bean
        ReactiveHealthIndicator reactiveHealthIndicator(ObservationRegistry registry) {
            return () -> Mono.delay(Duration.ofMillis(1), Schedulers.parallel()).map((tick) -> {
                this.seen.put("reactive", Observation.createNotStarted("inside", registry).isNoop());
                return Health.up().build();
            });
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Hanging {

        static volatile CountDownLatch release = new CountDownLatch(1);

        static final AtomicReference<Thread> thread = new AtomicReference<>();

        @Bean
        HealthIndicator dbHealthIndicator() {
            return () -> {
                thread.set(Thread.currentThread());
                try {
                    release.await();
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                return Health.up().build();
            };
        }

    }

}
