package io.observability.starter.health.autoconfigure;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.observability.starter.health.HealthChecks;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.TestService;
import io.observability.starter.surface.TestService.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The probes of real services.
 */
class HealthIntegrationTests {

    private static final String CHECK = "\\{\"status\":\"%s\",\"durationMs\":\\d+,\"ageMs\":\\d+}";

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void serviceWithoutAnySettingAnswersTheProbes(Server server) {
        try (TestService service = TestService.on(server).start()) {
            TestService.Answer health = service.get("/healthz");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.body()).matches("\\{\"status\":\"UP\",\"checks\":\\{\"diskSpace\":"
                    + CHECK.formatted("UP") + ",\"ssl\":" + CHECK.formatted("UP") + "}}");
            assertThat(health.header("Cache-Control")).isEqualTo("no-store");
            assertThat(health.header("Content-Type")).isEqualTo("application/json");
            for (String path : new String[] { "/livez", "/readyz" }) {
                TestService.Answer probe = service.get(path);
                assertThat(probe.status()).isEqualTo(200);
                assertThat(probe.body()).isEqualTo("{\"status\":\"UP\"}");
                assertThat(probe.header("Cache-Control")).isEqualTo("no-store");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "NETTY" })
    void readinessCountsTheChosenChecksAndCompositesAreChildren(Server server) {
        try (TestService service = TestService.on(server)
            .with(Composite.class)
            .set("observability.health.readiness.include=pools/one", "observability.health.path=/health")
            .start()) {
            assertThat(service.get("/readyz").status()).isEqualTo(200);
            TestService.Answer health = service.get("/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body()).contains("\"pools/one\":{\"status\":\"UP\"", "\"pools/two\":{\"status\":\"DOWN\"")
                .doesNotContain("secret");
        }
        try (TestService service = TestService.on(server)
            .with(Composite.class)
            .set("observability.health.readiness.include=pools")
            .start()) {
            assertThat(service.get("/readyz").status()).isEqualTo(503);
            assertThat(service.get("/livez").status()).isEqualTo(200);
        }
    }

    @Test
    void stateOfTheApplicationCountsAtOnce() {
        try (TestService service = TestService.on(Server.TOMCAT).start()) {
            AvailabilityChangeEvent.publish(service.context(), ReadinessState.REFUSING_TRAFFIC);
            assertThat(service.get("/readyz").body()).isEqualTo("{\"status\":\"OUT_OF_SERVICE\"}");
            assertThat(service.get("/readyz").status()).isEqualTo(503);
            assertThat(service.get("/healthz").status()).isEqualTo(503);
            assertThat(service.get("/healthz").body()).startsWith("{\"status\":\"OUT_OF_SERVICE\"");
            assertThat(service.get("/livez").status()).isEqualTo(200);
            AvailabilityChangeEvent.publish(service.context(), ReadinessState.ACCEPTING_TRAFFIC);
            assertThat(service.get("/readyz").status()).isEqualTo(200);
            AvailabilityChangeEvent.publish(service.context(), LivenessState.BROKEN);
            assertThat(service.get("/livez").status()).isEqualTo(503);
            assertThat(service.get("/livez").body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(service.get("/healthz").status()).isEqualTo(503);
            assertThat(service.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void serviceIsAliveButNotReadyUntilItsRunnersAreDone() {
        try (TestService service = TestService.on(Server.TOMCAT).with(AskingRunner.class).start()) {
            assertThat(service.context().getBean(AskingRunner.class).seen)
                .hasValue("livez 200, readyz 503, healthz 503");
            assertThat(service.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void withAManagementPortTheProbesAnswerOnBoth() {
        try (TestService service = TestService.on(Server.TOMCAT)
            .set("management.server.port=0", "management.server.address=127.0.0.1")
            .start()) {
            for (String path : new String[] { "/healthz", "/livez", "/readyz" }) {
                assertThat(service.get(path).status()).isEqualTo(200);
                assertThat(service.getFromManagement(path).status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "NETTY" })
    void probesNeedNoCredentials(Server server) {
        try (TestService service = TestService.on(server).withSecurity().start()) {
            for (String path : new String[] { "/healthz", "/livez", "/readyz" }) {
                assertThat(service.get(path).status()).isEqualTo(200);
            }
            assertThat(service.send("POST", "/healthz").status()).isIn(302, 401, 403);
        }
    }

    @Test
    void applicationThatMapsAProbeAnswersIt() {
        try (TestService service = TestService.on(Server.TOMCAT).with(OwnHealth.class).start()) {
            assertThat(service.get("/healthz").body()).isEqualTo("mine");
            assertThat(service.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(service.context().getBean(Surface.class).takenOver()).containsExactly("/healthz");
        }
    }

    @Test
    void probesAreBelowTheContextPath() {
        try (TestService service = TestService.on(Server.TOMCAT).set("server.servlet.context-path=/shop").start()) {
            assertThat(service.get("/shop/healthz").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void actuatorStaysAsItIs(Server server) {
        String[] health = new String[2];
        for (int i = 0; i < 2; i++) {
            try (TestService service = TestService.on(server)
                .with(Composite.class)
                .set("observability.health.enabled=" + (i == 0), "management.endpoint.health.show-details=always",
                        "management.endpoint.health.group.own.include=pools",
                        "management.health.diskspace.enabled=false")
                .start()) {
                health[i] = service.get("/actuator/health").body() + service.get("/actuator/health/own").body()
                        + service.get("/actuator/health/readiness").body();
                assertThat(health[i]).contains("pools", "secret", "groups");
            }
        }
        assertThat(health[0]).isEqualTo(health[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = { "conventional", "micrometer", "otel" })
    void metricsHaveTheSameNamesInEachDialect(String naming) {
        try (TestService service = TestService.on(Server.TOMCAT)
            .with(Composite.class)
            .set("observability.metrics.naming=" + naming)
            .start()) {
            await().untilAsserted(() -> assertThat(service.get("/metrics").body())
                .contains("health_check_status{check=\"pools/one\"} ",
                        "healthz_last_check_seconds{check=\"pools/one\"} ",
                        "health_check_duration_seconds_count{check=\"pools/one\"} ")
                .contains("observability_requests_with_span_ratio "));
        }
    }

    @Test
    void serviceWithoutAWebServerStartsAndRunsNoCheck() {
        try (TestService service = TestService.on(Server.NONE).with(Composite.class).start()) {
            assertThat(service.context().getBean(HealthChecks.class).states()).isEmpty();
            assertThat(service.context().getBean(HealthLifecycle.class).isRunning()).isFalse();
        }
    }

    @Test
    void lazyServiceAnswersTheProbes() {
        try (TestService service = TestService.on(Server.TOMCAT)
            .with(Composite.class)
            .set("spring.main.lazy-initialization=true")
            .start()) {
            assertThat(service.get("/healthz").body()).contains("pools/two");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Composite {

        @Bean
        HealthContributor poolsHealthContributor() {
            return CompositeHealthContributor.<HealthIndicator>fromMap(
                    Map.of("one", Health.up()::build, "two", Health.down().withDetail("error", "secret")::build),
                    (indicator) -> indicator);
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class AskingRunner {

        final AtomicReference<String> seen = new AtomicReference<>();

        @Bean
        ApplicationRunner asking(Environment environment) {
            return (arguments) -> {
                int port = environment.getRequiredProperty("local.server.port", Integer.class);
                this.seen
                    .set("livez %d, readyz %d, healthz %d".formatted(TestService.send(port, "GET", "/livez").status(),
                            TestService.send(port, "GET", "/readyz").status(),
                            TestService.send(port, "GET", "/healthz").status()));
            };
        }

    }

    @RestController
    static class OwnHealth {

        @GetMapping("/healthz")
        String own() {
            return "mine";
        }

    }

}
