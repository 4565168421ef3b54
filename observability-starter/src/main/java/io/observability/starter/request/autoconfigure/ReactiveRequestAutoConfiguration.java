package io.observability.starter.request.autoconfigure;

import java.util.List;
import java.util.Map;

import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.request.RequestListener;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.reactive.ExchangeTracing;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of who observes the requests of WebFlux: one handler of the
 * starter's, or all those of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.observability.starter.tracing.autoconfigure.ReactiveTracingAutoConfiguration",
        "io.observability.starter.metrics.autoconfigure.ReactiveMetricsAutoConfiguration" })
@ConditionalOnFeature("http")
@ConditionalOnClass({ DispatcherHandler.class, OtelTracer.class, WebHttpHandlerBuilderCustomizer.class,
        ObservationRegistryCustomizer.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(HttpProperties.class)
public final class ReactiveRequestAutoConfiguration {

    ReactiveRequestAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    RequestEngine observabilityRequestEngine(ConfigurableListableBeanFactory beanFactory, Environment environment,
            HttpProperties properties) {
        ObservationChanges changes = new ObservationChanges(beanFactory, ObservationChanges.SERVER_REQUESTS,
                List.of(ServerRequestObservationConvention.class), List.of(probe()));
        return new EngineChoice<>("observability.http.engine", RequestEngine::new).choose(properties.getEngine(),
                obstacle(beanFactory, changes), () -> changes.find(environment));
    }

    // Ahead of those of an application, which have the last word.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnBean(ExchangeTracing.class)
    @ConditionalOnMissingBean(name = "observabilityExchangeCustomizer")
    WebHttpHandlerBuilderCustomizer observabilityExchangeCustomizer(ExchangeTracing tracing,
            ObjectProvider<RequestTimes> times, ObjectProvider<RequestListener> listeners, RequestEngine engine) {
        return (builder) -> {
            if (engine.isDirect()) {
                tracing.trace(builder, times.getIfAvailable(), RequestListener.all(listeners.orderedStream()));
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityHttpReport")
    ReportSource observabilityHttpReport(RequestEngine engine) {
        return new EngineReport("http", "requests", engine, "the starter's own handler");
    }

    private static @Nullable String obstacle(ConfigurableListableBeanFactory beanFactory, ObservationChanges changes) {
        if (beanFactory.getBeanNamesForType(ExchangeTracing.class, true, false).length == 0) {
            return "the starter does not trace requests";
        }
        if (beanFactory.getBeanNamesForType(RequestTimes.class, true, false).length == 0) {
            return "the starter does not measure requests";
        }
        for (String name : beanFactory.getBeanNamesForType(HttpHandler.class, true, false)) {
            if (changes.isOfApplication(name)) {
                return "the application builds its own HttpHandler";
            }
        }
        return null;
    }

    // There is no request yet; handlers are asked by the type of the context.
    @SuppressWarnings("NullAway")
    private static ServerRequestObservationContext probe() {
        return new ServerRequestObservationContext(null, null, Map.of());
    }

}
