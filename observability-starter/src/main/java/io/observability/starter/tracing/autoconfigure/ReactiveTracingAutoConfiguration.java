package io.observability.starter.tracing.autoconfigure;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.observability.starter.request.reactive.ExchangeTracing;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Surface;
import io.observability.starter.tracing.ServerSpanHandler;
import io.observability.starter.tracing.UntracedPaths;
import io.observability.starter.tracing.reactive.DirectExchangeTracing;
import io.observability.starter.tracing.reactive.ReactiveRequestPaths;
import io.observability.starter.tracing.reactive.ReactiveRequestReader;
import io.observability.starter.tracing.reactive.SemanticRequestConvention;
import io.observability.starter.tracing.reactive.TracedWebFilter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of tracing on WebFlux.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = WebFluxObservationAutoConfiguration.class,
        after = { ObservationAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class })
@ConditionalOnFeature("tracing")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ OtelTracer.class, DispatcherHandler.class, WebFluxObservationAutoConfiguration.class })
@ConditionalOnBean({ ObservationRegistry.class, OtelTracer.class, Propagator.class })
@EnableConfigurationProperties({ TracingProperties.class, ObservationProperties.class })
public final class ReactiveTracingAutoConfiguration {

    ReactiveTracingAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    UntracedPaths observabilityUntracedPaths(Environment environment, ObjectProvider<Surface> surface,
            TracingProperties properties) {
        return UntracedPathsFactory.create(environment, "", surface, properties);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityReactiveRequestPaths")
    ObservationPredicate observabilityReactiveRequestPaths(UntracedPaths untraced) {
        return new ReactiveRequestPaths(untraced);
    }

    @Bean
    @ConditionalOnMissingBean(ServerRequestObservationConvention.class)
    SemanticRequestConvention observabilityServerRequestConvention(ObservationProperties properties) {
        return new SemanticRequestConvention(properties.getHttp().getServer().getRequests().getName());
    }

    @Bean
    @Order(TracingAutoConfiguration.HANDLER_ORDER)
    @ConditionalOnMissingBean
    ServerSpanHandler<ServerHttpRequest, ServerRequestObservationContext> observabilityServerSpanHandler(
            OtelTracer tracer, Propagator propagator) {
        return new ServerSpanHandler<>(tracer, propagator, new ReactiveRequestReader());
    }

    @Bean
    @ConditionalOnMissingBean
    TracedWebFilter observabilityTracedWebFilter(UntracedPaths untraced, TracingProperties properties) {
        return new TracedWebFilter(untraced, properties.traceResponse());
    }

    /**
     * What the starter's own engine needs to trace requests.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({ Tracer.class, ContextPropagators.class })
    static class DirectTracingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ExchangeTracing observabilityExchangeTracing(Tracer tracer, ContextPropagators propagators,
                UntracedPaths untraced, TracingProperties properties) {
            return new DirectExchangeTracing(tracer, propagators.getTextMapPropagator(), untraced,
                    properties.traceResponse());
        }

    }

}
