package io.observability.starter.pipeline.autoconfigure;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.pipeline.PipelineSource;
import io.observability.starter.pipeline.endpoint.PipelineEndpoint;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the pipeline ledger: what each signal made, wrote, queues and
 * lost, as metrics, as an actuator endpoint and in the start-up report.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("pipeline")
@EnableConfigurationProperties(PipelineProperties.class)
public final class PipelineAutoConfiguration {

    PipelineAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    PipelineReport observabilityPipelineReport(ObjectProvider<PipelineSource> sources) {
        return new PipelineReport(sources);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    PipelineEndpoint observabilityPipelineEndpoint(ObjectProvider<PipelineSource> sources) {
        return new PipelineEndpoint(() -> sources.orderedStream().toList());
    }

    /**
     * The ledger's metrics.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class MetersConfiguration {

        @Bean
        @ConditionalOnMissingBean
        PipelineMeters observabilityPipelineMeters(ObjectProvider<PipelineSource> sources) {
            return new PipelineMeters(SingletonSupplier.of(() -> sources.orderedStream().toList()));
        }

    }

}
