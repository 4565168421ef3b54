package io.observability.starter.request.autoconfigure;

import java.util.List;

import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.context.autoconfigure.ServletRequestIdAutoConfiguration;
import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.request.RequestListener;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.servlet.DirectRequestFilter;
import io.observability.starter.request.servlet.FrontFilters;
import io.observability.starter.request.servlet.RequestTracing;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Auto-configuration of who observes the requests of a servlet container: one filter of
 * the starter's, or Spring's observation.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ServletRequestIdAutoConfiguration.class,
        afterName = { "io.observability.starter.tracing.autoconfigure.ServletTracingAutoConfiguration",
                "io.observability.starter.metrics.autoconfigure.ServletMetricsAutoConfiguration" })
@ConditionalOnFeature("http")
@ConditionalOnClass({ DispatcherServlet.class, OtelTracer.class, ObservationRegistryCustomizer.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HttpProperties.class)
public final class ServletRequestAutoConfiguration {

    ServletRequestAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    RequestEngine observabilityRequestEngine(ConfigurableListableBeanFactory beanFactory, Environment environment,
            HttpProperties properties) {
        return new EngineChoice<>("observability.http.engine", RequestEngine::new).choose(properties.getEngine(),
                new ServletEngineObstacles(beanFactory).find(),
                () -> new ObservationChanges(beanFactory, ObservationChanges.SERVER_REQUESTS,
                        List.of(ServerRequestObservationConvention.class), List.of(probe()))
                    .find(environment));
    }

    @Bean
    @ConditionalOnBean(RequestTracing.class)
    @ConditionalOnMissingBean(value = DirectRequestFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<DirectRequestFilter> observabilityRequestFilter(RequestTracing tracing,
            ObjectProvider<RequestTimes> times, ObjectProvider<IncomingContext> incoming,
            ObjectProvider<RequestListener> listeners, RequestEngine engine,
            ObjectProvider<FilterRegistrationBean<ForwardedHeaderFilter>> forwardedHeaders) {
        FilterRegistrationBean<DirectRequestFilter> registration = FrontFilters
            .register(new DirectRequestFilter(tracing, times.getIfAvailable(), incoming.getIfAvailable(),
                    RequestListener.all(listeners.orderedStream())), 1, forwardedHeaders);
        registration.setName("observabilityRequestFilter");
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        registration.setEnabled(engine.isDirect());
        return registration;
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityHttpReport")
    ReportSource observabilityHttpReport(RequestEngine engine) {
        return new EngineReport("http", "requests", engine, "the starter's own filter");
    }

    // There is no request yet; handlers are asked by the type of the context.
    @SuppressWarnings("NullAway")
    private static ServerRequestObservationContext probe() {
        return new ServerRequestObservationContext(null, null);
    }

}
