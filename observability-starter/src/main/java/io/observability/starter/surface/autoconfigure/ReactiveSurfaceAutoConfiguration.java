package io.observability.starter.surface.autoconfigure;

import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceReport;
import io.observability.starter.surface.reactive.ReactivePathClaims;
import io.observability.starter.surface.reactive.SurfaceWebFilter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of the starter's own paths on WebFlux.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("surface")
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class ReactiveSurfaceAutoConfiguration {

    // Spring Security's web filter stands at -100.
    static final int BEHIND_SECURITY = 0;

    ReactiveSurfaceAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    Surface observabilitySurface(ObjectProvider<SurfaceEndpoint> endpoints) {
        return new Surface(endpoints.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    @Lazy(false)
    ReactivePathClaims observabilityPathClaims(Surface surface, ListableBeanFactory beanFactory) {
        return new ReactivePathClaims(surface, beanFactory);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityProbeWebFilter")
    SurfaceWebFilter observabilityProbeWebFilter(Surface surface) {
        return new SurfaceWebFilter(surface, Audience.PROBE, Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilitySurfaceReport")
    SurfaceReport observabilitySurfaceReport(Surface surface, Environment environment) {
        return new SurfaceReport(surface, "WebFlux",
                ManagementPortType.get(environment) == ManagementPortType.DIFFERENT);
    }

    /**
     * Without a management port of its own, metrics are scraped where the application
     * answers.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnManagementPort(ManagementPortType.SAME)
    static class SamePortConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityScrapeWebFilter")
        SurfaceWebFilter observabilityScrapeWebFilter(Surface surface) {
            return new SurfaceWebFilter(surface, Audience.SCRAPER, BEHIND_SECURITY);
        }

    }

}
