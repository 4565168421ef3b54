package io.observability.starter.metrics.cardinality.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.cardinality.CardinalityGuard;
import io.observability.starter.metrics.cardinality.CardinalityLimits;
import io.observability.starter.metrics.cardinality.MeterCardinality;
import io.observability.starter.metrics.cardinality.OverflowMeters;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CardinalityAutoConfiguration}: whom it guards, and when it backs off.
 */
class CardinalityAutoConfigurationTests {

    private final ApplicationContextRunner runner = GuardedContexts.runner();

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
            .contains(CardinalityAutoConfiguration.class.getName());
    }

    @Test
    void boundsTheSingleRegistryAndTheStaticOne() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(CardinalityGuard.class)
                .hasSingleBean(OverflowMeters.class)
                .hasSingleBean(MeterRegistry.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            GuardedContexts.flood(registry, 1000);
            assertThat(registry.find("orders").meters()).hasSize(101);
            for (int i = 0; i < 1000; i++) {
                Metrics.counter("orders.static", "user", "user-" + i);
            }
            assertThat(Metrics.globalRegistry.find("orders.static").meters()).hasSize(101);
            Metrics.globalRegistry.clear();
        });
    }

    @Test
    void boundsTheCompositeAndItsChildrenForGood() {
        this.runner.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
            MeterRegistry composite = context.getBean(MeterRegistry.class);
            assertThat(context.getBeansOfType(MeterRegistry.class)).hasSize(3);
            GuardedContexts.flood(composite, 1000);
            GuardedContexts.flood(composite, 2000);
            assertThat(context.getBeansOfType(MeterRegistry.class).values())
                .allSatisfy((registry) -> assertThat(registry.find("orders").meters()).hasSize(101));
            assertThat(folded(context.getBean(CardinalityGuard.class), "orders")).isEqualTo(900 + 1900);
        });
    }

    @Test
    void isTheLastFilter() {
        this.runner.withUserConfiguration(UserFilterConfiguration.class).run((context) -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            GuardedContexts.flood(registry, 1000);
            assertThat(registry.find("orders").meters()).hasSize(1);
            CardinalityGuard guard = context.getBean(CardinalityGuard.class);
            assertThat(folded(guard, "orders")).isZero();
            // Spring Boot's name has become the conventional one before the guard sees
            // it.
            assertThat(guard.report()).extracting(MeterCardinality::meter)
                .contains("jvm.threads.state")
                .doesNotContain("jvm.threads.states");
        });
    }

    @Test
    void backsOffWhenDisabled() {
        for (String property : new String[] { "observability.enabled=false", "observability.metrics.enabled=false",
                "observability.metrics.cardinality.enabled=false" }) {
            this.runner.withPropertyValues(property).run((context) -> {
                assertThat(context).hasNotFailed()
                    .doesNotHaveBean(CardinalityGuard.class)
                    .hasBean("metricsHttpClientUriTagFilter");
                GuardedContexts.flood(context.getBean(MeterRegistry.class), 1000);
                assertThat(context.getBean(MeterRegistry.class).find("orders").meters()).hasSize(1000);
            });
        }
    }

    @Test
    void backsOffWithoutARegistry() {
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CardinalityAutoConfiguration.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CardinalityGuard.class));
    }

    @Test
    void worksWithoutPrometheus() {
        this.runner.withClassLoader(new FilteredClassLoader(PrometheusMeterRegistry.class))
            .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
            .run((context) -> {
                GuardedContexts.flood(context.getBean(MeterRegistry.class), 1000);
                assertThat(context.getBean(MeterRegistry.class).find("orders").meters()).hasSize(101);
            });
    }

    @Test
    void backsOffForTheUsersGuard() {
        this.runner.withUserConfiguration(UserGuardConfiguration.class).run((context) -> {
            assertThat(context).hasSingleBean(CardinalityGuard.class);
            GuardedContexts.flood(context.getBean(MeterRegistry.class), 100);
            assertThat(context.getBean(MeterRegistry.class).find("orders").meters()).hasSize(4);
        });
    }

    private static long folded(CardinalityGuard guard, String meter) {
        return guard.report()
            .stream()
            .filter((each) -> each.meter().equals(meter))
            .mapToLong(MeterCardinality::folded)
            .sum();
    }

    @Configuration(proxyBeanMethods = false)
    static class UserFilterConfiguration {

        @Bean
        MeterFilter withoutUsers() {
            return MeterFilter.ignoreTags("user");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class UserGuardConfiguration {

        @Bean
        static CardinalityGuard guard() {
            return new CardinalityGuard(new CardinalityLimits(3, 100, 1000, List.of()));
        }

    }

}
