package io.observability.starter.tracing.autoconfigure;

import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.observability.starter.call.CallTracing;
import io.observability.starter.call.reactive.WebCallReader;
import io.observability.starter.call.servlet.RestCallReader;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.tracing.ClientSpanHandler;
import io.observability.starter.tracing.DirectCallTracing;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Auto-configuration of the spans of calls, whatever the application serves.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnFeature("tracing")
@ConditionalOnClass({ OtelTracer.class, OpenTelemetryTracingAutoConfiguration.class })
@ConditionalOnBean({ OtelTracer.class, Propagator.class })
public final class CallTracingAutoConfiguration {

    // Ahead of Spring Boot's handler for all that is sent.
    private static final int HANDLER_ORDER = MicrometerTracingAutoConfiguration.SENDER_TRACING_OBSERVATION_HANDLER_ORDER
            - 100;

    CallTracingAutoConfiguration() {
    }

    /**
     * Calls that are observed without Spring's observation.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({ Tracer.class, ContextPropagators.class })
    static class DirectConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CallTracing observabilityCallTracing(Tracer tracer, ContextPropagators propagators) {
            return new DirectCallTracing(tracer, propagators.getTextMapPropagator());
        }

    }

    /**
     * Calls of <code>RestClient</code> and <code>RestTemplate</code> that Spring
     * observes.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientRequestObservationContext.class)
    static class RestConfiguration {

        @Bean
        @Order(HANDLER_ORDER)
        @ConditionalOnMissingBean(name = "observabilityRestSpanHandler")
        ClientSpanHandler<ClientRequestObservationContext> observabilityRestSpanHandler(OtelTracer tracer,
                Propagator propagator) {
            return new ClientSpanHandler<>(tracer, propagator, new RestCallReader());
        }

    }

    /**
     * Calls of <code>WebClient</code> that Spring observes.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(org.springframework.web.reactive.function.client.ClientRequestObservationContext.class)
    static class WebConfiguration {

        @Bean
        @Order(HANDLER_ORDER)
        @ConditionalOnMissingBean(name = "observabilityWebSpanHandler")
        ClientSpanHandler<org.springframework.web.reactive.function.client.ClientRequestObservationContext> observabilityWebSpanHandler(
                OtelTracer tracer, Propagator propagator) {
            return new ClientSpanHandler<>(tracer, propagator, new WebCallReader());
        }

    }

}
