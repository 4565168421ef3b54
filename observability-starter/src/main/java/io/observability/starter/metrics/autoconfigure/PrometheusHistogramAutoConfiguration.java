package io.observability.starter.metrics.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.MetricForm;
import io.observability.starter.metrics.MetricName;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.histogram.HistogramMeterRegistry;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.ConditionalOnEnabledMetricsExport;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the registry that keeps the histograms of requests and pauses. It
 * takes the place of Spring Boot's and so comes ahead of it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = PrometheusMetricsExportAutoConfiguration.class,
        after = org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class)
@ConditionalOnFeature("metrics")
@ConditionalOnClass({ PrometheusMeterRegistry.class, SpanContext.class })
@ConditionalOnBean(Clock.class)
@ConditionalOnEnabledMetricsExport("prometheus")
@EnableConfigurationProperties(MetricsProperties.class)
public final class PrometheusHistogramAutoConfiguration {

    PrometheusHistogramAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean(PrometheusMeterRegistry.class)
    HistogramMeterRegistry observabilityPrometheusMeterRegistry(PrometheusConfig config, PrometheusRegistry prometheus,
            Clock clock, ObjectProvider<SpanContext> spanContext, MetricsProperties properties) {
        return new HistogramMeterRegistry(config, prometheus, clock, spanContext.getIfAvailable(),
                meters(properties.getNaming()), properties.getHistograms());
    }

    private static Set<String> meters(MetricNaming naming) {
        Set<String> meters = new LinkedHashSet<>();
        for (MetricName name : MetricName.values()) {
            MetricForm form = name.in(naming);
            if (form != null && form.type() == MetricName.Type.HISTOGRAM) {
                meters.add(form.meter());
            }
        }
        return meters;
    }

}
