package io.observability.starter.health.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthCheckSource;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the checks that Spring Boot's contributors and the application bring.
 */
class ContributedChecksTests extends HealthContexts {

    @Test
    void indicatorsCompositesAndReactiveOnesAreChecksByName() {
        this.runner
            .withBean("dbHealthIndicator", HealthIndicator.class, () -> () -> Health.up().withDetail("x", "y").build())
            .withBean("poolsHealthContributor", HealthContributor.class,
                    () -> CompositeHealthContributor.fromMap(Map.of("one", up(), "two",
                            CompositeHealthContributor
                                .fromMap(Map.of("deep", (HealthIndicator) Health.down()::build)))))
            .withBean("searchHealthIndicator", ReactiveHealthIndicator.class,
                    () -> () -> Mono.just(Health.outOfService().build()))
            .withBean("shardsHealthContributor", ReactiveHealthContributor.class,
                    () -> CompositeReactiveHealthContributor
                        .fromMap(Map.of("a", (ReactiveHealthIndicator) () -> Mono.just(Health.unknown().build()))))
            .withBean("emptyHealthIndicator", ReactiveHealthIndicator.class, () -> Mono::empty)
            .run((context) -> {
                HealthChecks checks = context.getBean(HealthChecks.class);
                assertThat(checks.names()).containsExactly("db", "empty", "pools/one", "pools/two/deep", "search",
                        "shards/a");
                awaitResults(checks);
                assertThat(checks.states()).extracting(CheckState::status)
                    .containsExactly(HealthStatus.UP, HealthStatus.DOWN, HealthStatus.UP, HealthStatus.DOWN,
                            HealthStatus.OUT_OF_SERVICE, HealthStatus.UNKNOWN);
            });
    }

    @Test
    void statusesOfTheUserFailAsBootMapsThem() {
        this.runner.withBean("oneHealthIndicator", HealthIndicator.class, () -> Health.status("FATAL")::build)
            .withBean("twoHealthIndicator", HealthIndicator.class, () -> Health.status("DEGRADED")::build)
            .withBean(HttpCodeStatusMapper.class, () -> HttpCodeStatusMapper.of(Map.of("fatal", 503, "down", 200)))
            .withBean("threeHealthIndicator", HealthIndicator.class, () -> Health.down()::build)
            .run((context) -> {
                HealthChecks checks = context.getBean(HealthChecks.class);
                awaitResults(checks);
                assertThat(checks.states()).extracting(CheckState::status)
                    .containsExactly(new HealthStatus("FATAL", true), HealthStatus.DOWN,
                            new HealthStatus("DEGRADED", false));
            });
    }

    @Test
    void pingAndAvailabilityAreNoChecks() {
        this.runner.withConfiguration(AutoConfigurations
            .of(org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration.class))
            .withPropertyValues("management.health.livenessstate.enabled=true",
                    "management.health.readinessstate.enabled=true")
            .run((context) -> {
                assertThat(context.getBean(HealthContributorRegistry.class).stream()).hasSize(3);
                assertThat(context.getBean(HealthChecks.class).names()).isEmpty();
            });
    }

    @Test
    void excludeReplacesTheListOfChecksThatAreNotRun() {
        this.runner.withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .withPropertyValues("observability.health.exclude=d*")
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("ping"));
        this.runner.withPropertyValues("observability.health.exclude=")
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("ping"));
    }

    @Test
    void contributorsMayBeRegisteredWhileTheServiceRuns() {
        this.runner.run((context) -> {
            HealthChecks checks = context.getBean(HealthChecks.class);
            context.getBean(HealthContributorRegistry.class).registerContributor("late", up());
            await()
                .untilAsserted(() -> assertThat(checks.states()).extracting(CheckState::name).containsExactly("late"));
        });
    }

    @Test
    void hangingReactiveCheckIsCancelledAtTheTimeout() {
        List<String> events = new CopyOnWriteArrayList<>();
        this.runner
            .withBean("searchHealthIndicator", ReactiveHealthIndicator.class,
                    () -> () -> Mono.<Health>never().doOnCancel(() -> events.add("cancelled")))
            .withPropertyValues("observability.health.timeout=50ms")
            .run((context) -> {
                await().until(() -> events.contains("cancelled"));
                await().untilAsserted(
                        () -> assertThat(context.getBean(HealthChecks.class).states()).extracting(CheckState::status)
                            .containsExactly(HealthStatus.DOWN));
            });
    }

    @Test
    void reactiveCheckIsCancelledAtItsOwnTimeout() {
        List<String> events = new CopyOnWriteArrayList<>();
        this.runner
            .withBean("searchHealthIndicator", ReactiveHealthIndicator.class,
                    () -> () -> Mono.<Health>never().doOnCancel(() -> events.add("cancelled")))
            .withPropertyValues("observability.health.timeout=1m", "observability.health.checks.search.timeout=50ms")
            .run((context) -> await().until(() -> events.contains("cancelled")));
    }

    @Test
    void beanOfTheUserAddsChecks() {
        this.runner.withBean("own", HealthCheckSource.class, () -> () -> Map.of("licence", () -> HealthStatus.UP))
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("licence"));
    }

}
