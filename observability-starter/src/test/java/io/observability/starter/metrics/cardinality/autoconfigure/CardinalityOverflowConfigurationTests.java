package io.observability.starter.metrics.cardinality.autoconfigure;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.cardinality.OverflowListener;
import io.observability.starter.metrics.cardinality.endpoint.CardinalityEndpoint;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of whom {@link CardinalityAutoConfiguration} tells of values too many.
 */
class CardinalityOverflowConfigurationTests {

    private final ApplicationContextRunner runner = GuardedContexts.runner();

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
            GuardedContexts.flood(context.getBean(MeterRegistry.class), 1000);
            GuardedContexts.flood(context.getBean(MeterRegistry.class), 1000);
            Awaitility.await()
                .atMost(GuardedContexts.SOON)
                .until(() -> context.getBean(PrometheusMeterRegistry.class)
                    .scrape()
                    .contains("observability_cardinality_overflow_total{meter=\"orders\",tag=\"user\"} 1800.0"));
            String rule = "observability.metrics.cardinality.rules: [{meter: \"orders\", tag: \"user\", limit: 200, "
                    + "action: \"keep-most-frequent\"}]";
            Awaitility.await().atMost(GuardedContexts.SOON).until(() -> !List.copyOf(lines.list).isEmpty());
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
            GuardedContexts.flood(context.getBean(MeterRegistry.class), 101);
            Awaitility.await()
                .atMost(GuardedContexts.SOON)
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
                GuardedContexts.flood(context.getBean(MeterRegistry.class), 1000);
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

    @Configuration(proxyBeanMethods = false)
    static class UserListenerConfiguration {

        private volatile String told = "";

        @Bean
        OverflowListener listener() {
            return (meter, tag) -> this.told = meter + " " + tag.tag();
        }

    }

}
