package io.observability.starter.metrics.cardinality.autoconfigure;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.cardinality.CardinalityGuard;
import io.observability.starter.metrics.cardinality.CardinalityLimits;
import io.observability.starter.metrics.cardinality.MeterCardinality;
import io.observability.starter.metrics.cardinality.OverflowListener;
import io.observability.starter.metrics.cardinality.OverflowMeters;
import io.observability.starter.metrics.cardinality.endpoint.CardinalityEndpoint;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.MaximumAllowableTagsMeterFilter;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class CardinalityAutoConfigurationTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(CardinalityAutoConfiguration.class,
                io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration.class,
                MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
                PrometheusMetricsExportAutoConfiguration.class, JvmMetricsAutoConfiguration.class,
                ObservationAutoConfiguration.class, HttpClientMetricsAutoConfiguration.class));

    /** With the names, and the recording of requests, that Spring Boot has. */
    private final ApplicationContextRunner plainNames = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(CardinalityAutoConfiguration.class, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
                ObservationAutoConfiguration.class, HttpClientMetricsAutoConfiguration.class));

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
            flood(registry, 1000);
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
            flood(composite, 1000);
            flood(composite, 2000);
            assertThat(context.getBeansOfType(MeterRegistry.class).values())
                .allSatisfy((registry) -> assertThat(registry.find("orders").meters()).hasSize(101));
            assertThat(folded(context.getBean(CardinalityGuard.class), "orders")).isEqualTo(900 + 1900);
        });
    }

    @Test
    void isTheLastFilter() {
        this.runner.withUserConfiguration(UserFilterConfiguration.class).run((context) -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            flood(registry, 1000);
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
                flood(context.getBean(MeterRegistry.class), 1000);
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
                flood(context.getBean(MeterRegistry.class), 1000);
                assertThat(context.getBean(MeterRegistry.class).find("orders").meters()).hasSize(101);
            });
    }

    @Test
    void backsOffForTheUsersGuard() {
        this.runner.withUserConfiguration(UserGuardConfiguration.class).run((context) -> {
            assertThat(context).hasSingleBean(CardinalityGuard.class);
            flood(context.getBean(MeterRegistry.class), 100);
            assertThat(context.getBean(MeterRegistry.class).find("orders").meters()).hasSize(4);
        });
    }

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
                Awaitility.await().atMost(SOON).until(() -> {
                    for (int i = 0; i < 20; i++) {
                        registry.counter("orders", "user", "hot").increment();
                    }
                    return registry.find("orders").tag("user", "hot").counter() != null;
                });
            });
    }

    @Test
    void warnsOnceWithTheRuleToAddAndCounts() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(LoggingOverflowListener.class);
        // An application that failed to start in this process leaves one that denies all.
        logger.getLoggerContext().resetTurboFilterList();
        logger.setLevel(Level.WARN);
        logger.addAppender(lines);
        this.runner.run((context) -> {
            flood(context.getBean(MeterRegistry.class), 1000);
            flood(context.getBean(MeterRegistry.class), 1000);
            Awaitility.await()
                .atMost(SOON)
                .until(() -> context.getBean(PrometheusMeterRegistry.class)
                    .scrape()
                    .contains("observability_cardinality_overflow_total{meter=\"orders\",tag=\"user\"} 1800.0"));
            String rule = "observability.metrics.cardinality.rules: [{meter: \"orders\", tag: \"user\", limit: 200, "
                    + "action: \"keep-most-frequent\"}]";
            Awaitility.await().atMost(SOON).until(() -> !List.copyOf(lines.list).isEmpty());
            assertThat(lines.list).singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("has more than 100 values")
                .contains(rule);
        });
        logger.detachAppender(lines);
    }

    @Test
    void usersListenersAreToldToo() {
        this.runner.withUserConfiguration(UserListenerConfiguration.class).run((context) -> {
            flood(context.getBean(MeterRegistry.class), 101);
            Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(context.getBean(UserListenerConfiguration.class).told)
                    .isEqualTo("orders user"));
        });
    }

    @Test
    void theEndpointHasNoAccessUnlessItIsGiven() {
        this.runner.withPropertyValues("management.endpoints.web.exposure.include=*")
            .run((context) -> assertThat(context).doesNotHaveBean(CardinalityEndpoint.class));
        this.runner
            .withPropertyValues("management.endpoints.web.exposure.include=cardinality",
                    "management.endpoint.cardinality.access=READ_ONLY")
            .run((context) -> {
                flood(context.getBean(MeterRegistry.class), 1000);
                CardinalityEndpoint.Cardinality body = context.getBean(CardinalityEndpoint.class).cardinality();
                assertThat(body.folded()).isEqualTo(900);
                assertThat(body.top().get(0).meter()).isEqualTo("orders");
                CardinalityEndpoint.Tag tag = body.top().get(0).tags().get(0);
                assertThat(tag.rule()).isEqualTo("general");
                assertThat(tag.kept()).isEqualTo(100);
                assertThat(tag.distinctEstimate()).isBetween(800L, 1200L);
                assertThat(tag.keptExamples()).hasSize(5).allMatch((value) -> value.startsWith("user-"));
                assertThat(tag.foldedExamples()).hasSize(5).allMatch((value) -> value.startsWith("user-"));
            });
    }

    @Test
    void reportsWhatItDoes() {
        this.runner.withPropertyValues("observability.metrics.cardinality.limit=50").run((context) -> {
            FeatureReport report = context.getBean("observabilityCardinalityReport", ReportSource.class).report();
            assertThat(report.feature()).isEqualTo("cardinality");
            assertThat(report.summary()).startsWith("50 values of a tag and 2000 series of a meter")
                .contains("Spring Boot's cap on URIs");
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

    private static void flood(MeterRegistry registry, int values) {
        for (int i = 0; i < values; i++) {
            registry.counter("orders", "user", "user-" + i).increment();
        }
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

    @Configuration(proxyBeanMethods = false)
    static class UserCapConfiguration {

        @Bean
        MaximumAllowableTagsMeterFilter userCap() {
            return new MaximumAllowableTagsMeterFilter("mine", "uri", 5);
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class UserListenerConfiguration {

        private volatile String told = "";

        @Bean
        OverflowListener listener() {
            return (meter, tag) -> this.told = meter + " " + tag.tag();
        }

    }

}
