package io.observability.starter.metrics.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.call.CallTimes;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.metrics.cardinality.FoldedTags;
import io.observability.starter.metrics.reactive.ReactiveRequestMeterHandler;
import io.observability.starter.metrics.reactive.WebClientMeterHandler;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

/**
 * Auto-configuration of the metrics of requests that WebFlux answers and that
 * <code>WebClient</code> makes; the latter in any kind of application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MetricsAutoConfiguration.class)
@ConditionalOnFeature("metrics")
@ConditionalOnClass(Mono.class)
@ConditionalOnBean(MeterRegistry.class)
public final class ReactiveMetricsAutoConfiguration {

    ReactiveMetricsAutoConfiguration() {
    }

    /**
     * Requests that WebFlux answers.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ServerRequestObservationContext.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class ServerConfiguration {

        @Bean
        @ConditionalOnMissingBean(RequestTimes.class)
        RequestMeters observabilityServerRequestMeters(MeterRegistry registry, MetricsProperties properties,
                ObjectProvider<FoldedTags> folded) {
            return properties.serverMeters(registry, folded);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(RequestMeters.class)
        @Order(MetricsAutoConfiguration.AHEAD_OF_DEFAULT_HANDLER)
        ReactiveRequestMeterHandler observabilityReactiveRequestMeterHandler(RequestMeters meters) {
            return new ReactiveRequestMeterHandler(meters);
        }

    }

    /**
     * Calls made with <code>WebClient</code>.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientRequestObservationContext.class)
    static class WebClientConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @Order(MetricsAutoConfiguration.AHEAD_OF_DEFAULT_HANDLER)
        WebClientMeterHandler observabilityWebClientMeterHandler(CallTimes times) {
            return new WebClientMeterHandler(times);
        }

    }

}
