package io.observability.starter.tracing.autoconfigure;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.request.servlet.FrontFilters;
import io.observability.starter.request.servlet.RequestTracing;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Surface;
import io.observability.starter.tracing.ServerSpanHandler;
import io.observability.starter.tracing.UntracedPaths;
import io.observability.starter.tracing.servlet.DirectRequestTracing;
import io.observability.starter.tracing.servlet.ServletRequestPaths;
import io.observability.starter.tracing.servlet.ServletRequestReader;
import io.observability.starter.tracing.servlet.TracedRequestFilter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Auto-configuration of tracing on a servlet container.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = WebMvcObservationAutoConfiguration.class,
        after = { ObservationAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class })
@ConditionalOnFeature("tracing")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ OtelTracer.class, ServerHttpObservationFilter.class, WebMvcObservationAutoConfiguration.class })
@ConditionalOnBean({ ObservationRegistry.class, OtelTracer.class, Propagator.class })
@EnableConfigurationProperties(TracingProperties.class)
public final class ServletTracingAutoConfiguration {

    ServletTracingAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    UntracedPaths observabilityUntracedPaths(Environment environment, ObjectProvider<Surface> surface,
            TracingProperties properties) {
        return UntracedPathsFactory.create(environment, environment.getProperty("spring.mvc.servlet.path", ""), surface,
                properties);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityServletRequestPaths")
    ObservationPredicate observabilityServletRequestPaths(UntracedPaths untraced) {
        return new ServletRequestPaths(untraced);
    }

    @Bean
    @ConditionalOnMissingBean(ServerRequestObservationConvention.class)
    OpenTelemetryServerRequestObservationConvention observabilityServerRequestConvention() {
        return new OpenTelemetryServerRequestObservationConvention();
    }

    @Bean
    @Order(TracingAutoConfiguration.HANDLER_ORDER)
    @ConditionalOnMissingBean
    ServerSpanHandler<HttpServletRequest, ServerRequestObservationContext> observabilityServerSpanHandler(
            OtelTracer tracer, Propagator propagator) {
        return new ServerSpanHandler<>(tracer, propagator, new ServletRequestReader());
    }

    @Bean
    @ConditionalOnMissingBean(value = ServerHttpObservationFilter.class,
            parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<ServerHttpObservationFilter> observabilityTracedRequestFilter(ObservationRegistry registry,
            ServerRequestObservationConvention convention, UntracedPaths untraced, TracingProperties properties,
            ObjectProvider<RequestEngine> engine,
            ObjectProvider<FilterRegistrationBean<ForwardedHeaderFilter>> forwardedHeaders) {
        FilterRegistrationBean<ServerHttpObservationFilter> registration = FrontFilters.register(
                new TracedRequestFilter(registry, convention, untraced, properties.traceResponse()), 2,
                forwardedHeaders);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        // Present and disabled, it still keeps Spring Boot from registering its own.
        registration.setEnabled(engine.stream().noneMatch(RequestEngine::isDirect));
        return registration;
    }

    /**
     * What the starter's own filter needs to trace requests.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({ Tracer.class, ContextPropagators.class })
    static class DirectTracingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        RequestTracing observabilityRequestTracing(Tracer tracer, ContextPropagators propagators,
                UntracedPaths untraced, TracingProperties properties, ObservationRegistry observations) {
            return new DirectRequestTracing(tracer, propagators.getTextMapPropagator(), untraced,
                    properties.traceResponse(), observations);
        }

    }

}
