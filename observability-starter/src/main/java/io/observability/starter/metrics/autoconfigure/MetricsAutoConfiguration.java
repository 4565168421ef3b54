package io.observability.starter.metrics.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.jvm.convention.JvmClassLoadingMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.JvmCpuMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.JvmMemoryMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.JvmThreadMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.otel.OpenTelemetryJvmClassLoadingMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.otel.OpenTelemetryJvmCpuMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.otel.OpenTelemetryJvmMemoryMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.otel.OpenTelemetryJvmThreadMeterConventions;
import io.observability.starter.call.CallTimes;
import io.observability.starter.metrics.BuildInfoMeters;
import io.observability.starter.metrics.CallMeters;
import io.observability.starter.metrics.MemoryMeters;
import io.observability.starter.metrics.MetricSet;
import io.observability.starter.metrics.MetricSetFilter;
import io.observability.starter.metrics.ProcessMeters;
import io.observability.starter.metrics.ScrapeEndpoint;
import io.observability.starter.metrics.ThreadMeters;
import io.observability.starter.metrics.cardinality.FoldedTags;
import io.observability.starter.metrics.servlet.RestClientMeterHandler;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Surface;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Auto-configuration of the metric set, its names and its scrape.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = JvmMetricsAutoConfiguration.class,
        after = { CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class })
@ConditionalOnFeature("metrics")
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(MetricsProperties.class)
public final class MetricsAutoConfiguration {

    /** Ahead of Spring Boot's handler, which takes whatever is left. */
    static final int AHEAD_OF_DEFAULT_HANDLER = 0;

    private final MetricsProperties properties;

    MetricsAutoConfiguration(MetricsProperties properties) {
        properties.check();
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityMetricsReport")
    MetricsReport observabilityMetricsReport(ObjectProvider<ScrapeEndpoint> scrape, ObjectProvider<Surface> surface,
            Environment environment) {
        return new MetricsReport(this.properties, scrape, surface, environment);
    }

    /**
     * What answers the scrape.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ PrometheusRegistry.class, ExpositionFormatWriter.class })
    @ConditionalOnBean(PrometheusRegistry.class)
    static class ScrapeConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ScrapeEndpoint observabilityScrapeEndpoint(PrometheusRegistry registry, MetricsProperties properties) {
            return new ScrapeEndpoint(properties.getPath(), registry, properties.getSet() == MetricSet.FULL);
        }

    }

    /**
     * The set and its names. The filter is no bean: Spring Boot would not apply it to the
     * composite registry, which then grows without bound.
     */
    @Configuration(proxyBeanMethods = false)
    static class SetConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityMetricSetCustomizer")
        MeterRegistryCustomizer<MeterRegistry> observabilityMetricSetCustomizer(MetricsProperties properties) {
            MetricSetFilter filter = new MetricSetFilter(properties.getNaming(), properties.getSet(),
                    properties.getInclude());
            return (registry) -> registry.config().meterFilter(filter);
        }

        @Bean
        @ConditionalOnMissingBean
        ProcessMeters observabilityProcessMeters(MetricsProperties properties) {
            return new ProcessMeters(properties.getNaming());
        }

        @Bean
        @ConditionalOnMissingBean
        JvmThreadMetrics observabilityThreadMeters(ObjectProvider<JvmThreadMeterConventions> conventions) {
            return new ThreadMeters(conventions.getIfAvailable());
        }

        @Bean
        @ConditionalOnMissingBean
        BuildInfoMeters observabilityBuildInfoMeters(MetricsProperties properties,
                ObjectProvider<BuildProperties> build, ObjectProvider<GitProperties> git, Environment environment) {
            BuildProperties buildProperties = build.getIfAvailable();
            String version = (buildProperties != null) ? buildProperties.getVersion() : null;
            if (version == null) {
                version = environment.getProperty("spring.application.version", "unknown");
            }
            GitProperties gitProperties = git.getIfAvailable();
            String commit = (gitProperties != null) ? gitProperties.getShortCommitId() : null;
            // What OpenTelemetry calls a service without a name.
            String service = environment.getProperty("spring.application.name", "unknown_service:java");
            return new BuildInfoMeters(properties.getNaming(), service, version, (commit != null) ? commit : "unknown");
        }

    }

    /**
     * Memory by area, where the dialect does not have it by pool.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "observability.metrics.naming", havingValue = "conventional", matchIfMissing = true)
    static class MemoryConfiguration {

        @Bean
        @ConditionalOnMissingBean
        MemoryMeters observabilityMemoryMeters() {
            return new MemoryMeters();
        }

    }

    /**
     * Micrometer's own conventions for OpenTelemetry's names; the filter adds what they
     * leave open.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "observability.metrics.naming", havingValue = "otel")
    static class OpenTelemetryConventionsConfiguration {

        @Bean
        @ConditionalOnMissingBean
        JvmMemoryMeterConventions observabilityJvmMemoryMeterConventions() {
            return new OpenTelemetryJvmMemoryMeterConventions(Tags.empty());
        }

        @Bean
        @ConditionalOnMissingBean
        JvmThreadMeterConventions observabilityJvmThreadMeterConventions() {
            return new OpenTelemetryJvmThreadMeterConventions(Tags.empty());
        }

        @Bean
        @ConditionalOnMissingBean
        JvmClassLoadingMeterConventions observabilityJvmClassLoadingMeterConventions() {
            return new OpenTelemetryJvmClassLoadingMeterConventions();
        }

        @Bean
        @ConditionalOnMissingBean
        JvmCpuMeterConventions observabilityJvmCpuMeterConventions() {
            return new OpenTelemetryJvmCpuMeterConventions(Tags.empty());
        }

    }

    /**
     * Calls, whoever observes them and whichever client makes them.
     */
    @Configuration(proxyBeanMethods = false)
    static class CallConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CallTimes observabilityCallTimes(MeterRegistry registry, MetricsProperties properties,
                ObjectProvider<FoldedTags> folded) {
            return new CallMeters(properties.clientMeters(registry, folded));
        }

    }

    /**
     * Calls made with <code>RestClient</code> and <code>RestTemplate</code>.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientRequestObservationContext.class)
    static class RestClientConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @Order(AHEAD_OF_DEFAULT_HANDLER)
        RestClientMeterHandler observabilityRestClientMeterHandler(CallTimes times) {
            return new RestClientMeterHandler(times);
        }

    }

}
