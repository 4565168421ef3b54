package io.observability.starter.metrics.cardinality.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.settings.InvalidSettingException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.MaximumAllowableTagsMeterFilter;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the limits that are configured, of the caps of Spring Boot whose place they
 * take, and of values that are wrong.
 */
class CardinalityLimitsConfigurationTests {

    private final ApplicationContextRunner runner = GuardedContexts.runner();

    /** With the names, and the recording of requests, that Spring Boot has. */
    private final ApplicationContextRunner plainNames = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(CardinalityAutoConfiguration.class, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
                ObservationAutoConfiguration.class, HttpClientMetricsAutoConfiguration.class));

    @Test
    void limitsAreConfigurable() {
        this.runner
            .withPropertyValues("observability.metrics.cardinality.limit=5",
                    "observability.metrics.cardinality.rules[0].meter=shop_*",
                    "observability.metrics.cardinality.rules[0].tag=user",
                    "observability.metrics.cardinality.rules[0].limit=7",
                    "observability.metrics.cardinality.rules[0].action=hash:2",
                    "observability.metrics.cardinality.rules[1].meter=whole",
                    "observability.metrics.cardinality.rules[1].action=drop",
                    "observability.metrics.cardinality.rules[1].limit=0")
            .run((context) -> {
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                for (int i = 0; i < 100; i++) {
                    registry.counter("orders", "user", "user-" + i);
                    registry.counter("shop.visits", "user", "user-" + i);
                    registry.counter("whole", "user", "user-" + i);
                }
                assertThat(registry.find("orders").meters()).hasSize(6);
                assertThat(registry.find("shop.visits").meters()).hasSize(9);
                assertThat(registry.find("whole").meters()).hasSize(1);
            });
        this.runner
            .withPropertyValues("observability.metrics.cardinality.max-series=10",
                    "observability.metrics.cardinality.max-meters=100")
            .run((context) -> {
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                for (int i = 0; i < 200; i++) {
                    registry.counter("orders", "a", "a" + (i % 20), "b", "b" + (i % 7));
                    registry.counter("name." + i);
                }
                assertThat(registry.find("orders").meters()).hasSizeLessThanOrEqualTo(10 + 17);
                assertThat(registry.getMeters()).hasSizeLessThan(150);
            });
    }

    @Test
    void takesThePlaceOfTheCapsOnUris() {
        this.plainNames.withConfiguration(AutoConfigurations.of(WebMvcObservationAutoConfiguration.class))
            .withUserConfiguration(UserCapConfiguration.class)
            .run((context) -> {
                assertThat(context).doesNotHaveBean("metricsHttpClientUriTagFilter")
                    .doesNotHaveBean("metricsHttpServerUriTagFilter")
                    .hasBean("userCap");
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                for (int i = 0; i < 1000; i++) {
                    registry.timer("http.client.requests", "uri", "/" + i).record(Duration.ofMillis(1));
                }
                assertThat(registry.find("http.client.requests").meters()).hasSize(101);
                assertThat(registry.get("http.client.requests").tag("uri", "_other").timer().count()).isEqualTo(900);
            });
    }

    @Test
    void theCapsSettingBecomesALimit() {
        this.plainNames.withPropertyValues("management.metrics.web.client.max-uri-tags=7").run((context) -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (int i = 0; i < 50; i++) {
                registry.timer("http.client.requests", "uri", "/" + i);
            }
            assertThat(registry.find("http.client.requests").meters()).hasSize(8);
        });
    }

    @Test
    void promotesInTheBackground() {
        this.runner
            .withPropertyValues("observability.metrics.cardinality.period=1s",
                    "observability.metrics.cardinality.limit=1")
            .run((context) -> {
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                registry.counter("orders", "user", "early");
                Awaitility.await().atMost(GuardedContexts.SOON).until(() -> {
                    for (int i = 0; i < 20; i++) {
                        registry.counter("orders", "user", "hot").increment();
                    }
                    return registry.find("orders").tag("user", "hot").counter() != null;
                });
            });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    limit            | 0       | 'observability.metrics.cardinality.limit' has the value '0', but must be a whole number from 1 to 10000
                    max-series       | 1       | cardinality.max-series' has the value '1', but must be a whole number from 10
                    max-meters       | 1       | cardinality.max-meters' has the value '1', but must be a whole number from 100
                    period           | 10ms    | cardinality.period' has the value '10ms', but must be a duration from 1s to 1h
                    rules[0].action  | hash:0  | cardinality.rules[0].action' has the value 'hash:0', but must be 'keep-most-frequent', 'other'
                    rules[0].limit   | 0       | cardinality.rules[0].limit' has the value '0', but must be a whole number from 1 to 10000
                    rules[0].tag     | ~ ~     | cardinality.rules[0].tag' has the value
                    """)
    void aWrongValueStopsTheStart(String property, String value, String message) {
        this.runner
            .withPropertyValues("observability.metrics.cardinality.rules[0].meter=orders",
                    "observability.metrics.cardinality." + property + "=" + value)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message));
    }

    @Test
    void aRuleWithoutAMeterStopsTheStart() {
        this.runner.withPropertyValues("observability.metrics.cardinality.rules[0].limit=5")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("cardinality.rules[0].meter' has the value 'null'"));
    }

    @Configuration(proxyBeanMethods = false)
    static class UserCapConfiguration {

        @Bean
        MaximumAllowableTagsMeterFilter userCap() {
            return new MaximumAllowableTagsMeterFilter("mine", "uri", 5);
        }

    }

}
