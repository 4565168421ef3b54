package io.observability.starter.instrumentation.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.instrumentation.InstrumentationMeters;
import io.observability.starter.instrumentation.RequestSpans;
import io.observability.starter.instrumentation.reactive.RequestSpanWebFilter;
import io.observability.starter.instrumentation.servlet.RequestSpanFilter;
import io.observability.starter.pipeline.CompletenessSource;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.request.servlet.FrontFilters;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of the metrics that say whether the instrumentation itself works.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnFeature("instrumentation")
@ConditionalOnClass(MeterBinder.class)
@EnableConfigurationProperties(InstrumentationProperties.class)
public final class InstrumentationAutoConfiguration {

    private final Duration window;

    InstrumentationAutoConfiguration(InstrumentationProperties properties) {
        this.window = properties.checkedWindow();
    }

    @Bean
    @ConditionalOnMissingBean
    InstrumentationMeters observabilityInstrumentationMeters(ObjectProvider<CompletenessSource> sources) {
        return new InstrumentationMeters(SingletonSupplier.of(() -> sources.orderedStream().toList()), this.window,
                System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityInstrumentationReport")
    ReportSource observabilityInstrumentationReport(ObjectProvider<CompletenessSource> sources) {
        return new InstrumentationReport(sources, this.window);
    }

    /**
     * Requests and their spans, where there are any.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ OtelTracer.class, OpenTelemetryTracingAutoConfiguration.class })
    @ConditionalOnBean(OtelTracer.class)
    @ConditionalOnWebApplication
    static class SpanConfiguration {

        @Bean
        @ConditionalOnMissingBean
        RequestSpans observabilityRequestSpans() {
            return new RequestSpans();
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({ DispatcherType.class, ServerHttpObservationFilter.class, FilterRegistrationBean.class })
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        static class ServletConfiguration {

            // Inside the filters that observe the request and write its access line.
            private static final int PLACE = 4;

            @Bean
            @ConditionalOnMissingBean(value = RequestSpanFilter.class,
                    parameterizedContainer = FilterRegistrationBean.class)
            FilterRegistrationBean<RequestSpanFilter> observabilityRequestSpanFilter(RequestSpans spans,
                    ObjectProvider<RequestEngine> engine,
                    ObjectProvider<FilterRegistrationBean<ForwardedHeaderFilter>> forwardedHeaders) {
                FilterRegistrationBean<RequestSpanFilter> registration = FrontFilters
                    .register(new RequestSpanFilter(spans), PLACE, forwardedHeaders);
                registration.setName("observabilityRequestSpanFilter");
                registration.setDispatcherTypes(DispatcherType.REQUEST);
                // The direct engine tells of its requests by itself.
                registration.setEnabled(engine.stream().noneMatch(RequestEngine::isDirect));
                return registration;
            }

        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(DispatcherHandler.class)
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
        static class ReactiveConfiguration {

            @Bean
            @ConditionalOnMissingBean
            RequestSpanWebFilter observabilityRequestSpanWebFilter(RequestSpans spans) {
                return new RequestSpanWebFilter(spans);
            }

        }

    }

}
