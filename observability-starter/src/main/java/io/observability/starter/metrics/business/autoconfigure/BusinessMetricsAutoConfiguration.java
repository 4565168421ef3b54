package io.observability.starter.metrics.business.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration;
import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.metrics.business.ObjectiveBuckets;
import io.observability.starter.metrics.business.Objectives;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the business metrics. {@link BusinessMetrics} are there whatever
 * is switched off, since the application's beans ask for them; switched off, or without a
 * registry, they record nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MetricsAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@EnableConfigurationProperties(BusinessMetricsProperties.class)
public final class BusinessMetricsAutoConfiguration {

    BusinessMetricsAutoConfiguration(BusinessMetricsProperties properties) {
        properties.check();
    }

    @Bean
    @ConditionalOnMissingBean
    BusinessMetrics observabilityBusinessMetrics(ObjectProvider<RecordingConfiguration> recording,
            ObjectProvider<MeterRegistry> registry, ObjectProvider<Objectives> objectives,
            BusinessMetricsProperties properties) {
        MeterRegistry shown = (recording.getIfAvailable() != null) ? registry.getIfUnique() : null;
        return (shown != null)
                ? new BusinessMetrics(shown, objectives.getIfAvailable(() -> Objectives.NONE), properties.isStrict())
                : BusinessMetrics.of(new CompositeMeterRegistry());
    }

    /**
     * What is there only while business metrics are recorded.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnFeature("metrics.business")
    static class RecordingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static Objectives observabilityBusinessObjectives(BusinessMetricsProperties properties) {
            return new ConfiguredObjectives(properties.getSlo());
        }

        // No bean of the filter: Spring Boot would not apply it to the composite.
        @Bean
        @ConditionalOnMissingBean(name = "observabilityBusinessObjectivesCustomizer")
        static MeterRegistryCustomizer<MeterRegistry> observabilityBusinessObjectivesCustomizer(Objectives objectives) {
            ObjectiveBuckets buckets = new ObjectiveBuckets(objectives);
            return (registry) -> registry.config().meterFilter(buckets);
        }

        @Bean
        @ConditionalOnMissingBean
        BusinessMetricsReport observabilityBusinessMetricsReport(BusinessMetrics metrics,
                BusinessMetricsProperties properties) {
            return new BusinessMetricsReport(metrics, properties);
        }

    }

    /**
     * The annotation that counts calls.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnFeature("metrics.business")
    @ConditionalOnClass(MethodInterceptor.class)
    static class AnnotationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static CountedByResultPostProcessor observabilityCountedByResultPostProcessor(
                ObjectProvider<BusinessMetrics> metrics, Environment environment) {
            CountedByResultPostProcessor processor = new CountedByResultPostProcessor(metrics);
            processor
                .setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
            return processor;
        }

    }

}
