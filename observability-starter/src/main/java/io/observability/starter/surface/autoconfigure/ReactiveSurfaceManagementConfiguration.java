package io.observability.starter.surface.autoconfigure;

import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.reactive.ReactivePathClaims;
import io.observability.starter.surface.reactive.SurfaceWebFilter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * The starter's own paths on a management port of its own, for WebFlux.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(Surface.class)
final class ReactiveSurfaceManagementConfiguration {

    private final Surface surface;

    ReactiveSurfaceManagementConfiguration(Surface surface) {
        // What the application maps, it maps on its own port.
        this.surface = new Surface(surface.endpoints());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementPathClaims")
    @Lazy(false)
    ReactivePathClaims observabilityManagementPathClaims(ListableBeanFactory beanFactory) {
        return new ReactivePathClaims(this.surface, beanFactory);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementProbeWebFilter")
    SurfaceWebFilter observabilityManagementProbeWebFilter() {
        return new SurfaceWebFilter(this.surface, Audience.PROBE, Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementScrapeWebFilter")
    SurfaceWebFilter observabilityManagementScrapeWebFilter() {
        return new SurfaceWebFilter(this.surface, Audience.SCRAPER, ReactiveSurfaceAutoConfiguration.BEHIND_SECURITY);
    }

}
