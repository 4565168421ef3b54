package io.observability.starter.tracing.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.tracing.RequestObservationRegistry;
import io.opentelemetry.api.trace.Tracer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Auto-configuration of the registry of observations in which those of requests wait
 * until somebody asks for them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ObservationAutoConfiguration.class)
@ConditionalOnFeature("tracing")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Tracer.class, ServerHttpObservationFilter.class, ObservationAutoConfiguration.class,
        ObservationThreadLocalAccessor.class })
public final class RequestObservationAutoConfiguration {

    RequestObservationAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean(ObservationRegistry.class)
    RequestObservationRegistry observabilityObservationRegistry() {
        return new RequestObservationRegistry().carry();
    }

}
