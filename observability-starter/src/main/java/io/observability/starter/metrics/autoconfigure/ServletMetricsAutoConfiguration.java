package io.observability.starter.metrics.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.metrics.cardinality.FoldedTags;
import io.observability.starter.metrics.servlet.ServletRequestMeterHandler;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import jakarta.servlet.Servlet;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Auto-configuration of the metrics of requests that a servlet container answers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MetricsAutoConfiguration.class)
@ConditionalOnFeature("metrics")
@ConditionalOnClass({ Servlet.class, ServerRequestObservationContext.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(MeterRegistry.class)
public final class ServletMetricsAutoConfiguration {

    ServletMetricsAutoConfiguration() {
    }

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
    ServletRequestMeterHandler observabilityServletRequestMeterHandler(RequestMeters meters) {
        return new ServletRequestMeterHandler(meters);
    }

}
