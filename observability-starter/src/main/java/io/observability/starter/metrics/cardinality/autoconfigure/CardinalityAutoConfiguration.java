package io.observability.starter.metrics.cardinality.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.cardinality.CardinalityGuard;
import io.observability.starter.metrics.cardinality.CardinalityLimits;
import io.observability.starter.metrics.cardinality.CardinalityRule;
import io.observability.starter.metrics.cardinality.OverflowAction;
import io.observability.starter.metrics.cardinality.OverflowListener;
import io.observability.starter.metrics.cardinality.OverflowMeters;
import io.observability.starter.metrics.cardinality.endpoint.CardinalityEndpoint;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the cardinality guard, in every registry of the application and
 * in Micrometer's static one.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class })
@ConditionalOnFeature("metrics.cardinality")
@ConditionalOnBooleanProperty(name = "observability.metrics.enabled", matchIfMissing = true)
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(CardinalityProperties.class)
public final class CardinalityAutoConfiguration {

    CardinalityAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    static UriCapReplacement observabilityUriCapReplacement() {
        return new UriCapReplacement();
    }

    @Bean
    @ConditionalOnMissingBean
    static CardinalityGuardPostProcessor observabilityCardinalityGuardPostProcessor(
            ObjectProvider<CardinalityGuard> guard, ObjectProvider<MetricsProperties> properties) {
        return new CardinalityGuardPostProcessor(guard, properties);
    }

    // Static, since registries need it before most other beans.
    @Bean
    @ConditionalOnMissingBean
    static CardinalityGuard observabilityCardinalityGuard(CardinalityProperties properties, Environment environment) {
        properties.check();
        List<CardinalityRule> rules = new ArrayList<>(properties.checkedRules());
        addUriRule(rules, environment, "server");
        addUriRule(rules, environment, "client");
        return new CardinalityGuard(new CardinalityLimits(properties.getLimit(), properties.getMaxSeries(),
                properties.getMaxMeters(), rules));
    }

    // Spring Boot's setting goes on to hold where it is set, as a limit of the guard.
    private static void addUriRule(List<CardinalityRule> rules, Environment environment, String side) {
        String observation = "http." + side + ".requests";
        Integer limit = environment.getProperty("management.metrics.web." + side + ".max-uri-tags", Integer.class);
        if (limit != null && limit > 0) {
            String name = environment.getProperty("management.observations." + observation + ".name", observation);
            rules.add(new CardinalityRule(name + "*", "uri", limit, OverflowAction.KEEP_MOST_FREQUENT));
        }
    }

    @Bean
    @ConditionalOnMissingBean
    OverflowMeters observabilityOverflowMeters() {
        return new OverflowMeters();
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityLoggingOverflowListener")
    LoggingOverflowListener observabilityLoggingOverflowListener() {
        return new LoggingOverflowListener();
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityCardinalityLifecycle")
    CardinalityLifecycle observabilityCardinalityLifecycle(CardinalityGuard guard, CardinalityProperties properties,
            ObjectProvider<OverflowListener> listeners) {
        listeners.orderedStream().forEach(guard::addListener);
        return new CardinalityLifecycle(guard, properties.getPeriod());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityCardinalityReport")
    CardinalityReport observabilityCardinalityReport(CardinalityProperties properties) {
        return new CardinalityReport(properties);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    CardinalityEndpoint observabilityCardinalityEndpoint(CardinalityGuard guard) {
        return new CardinalityEndpoint(guard);
    }

}
