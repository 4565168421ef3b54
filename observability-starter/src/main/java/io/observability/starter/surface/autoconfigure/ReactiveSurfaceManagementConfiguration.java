package io.observability.starter.surface.autoconfigure;

import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.reactive.SurfaceWebFilter;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
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

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementProbeWebFilter")
    SurfaceWebFilter observabilityManagementProbeWebFilter(Surface surface) {
        return new SurfaceWebFilter(new Surface(surface.endpoints()), Audience.PROBE, Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementScrapeWebFilter")
    SurfaceWebFilter observabilityManagementScrapeWebFilter(Surface surface) {
        return new SurfaceWebFilter(new Surface(surface.endpoints()), Audience.SCRAPER, Ordered.HIGHEST_PRECEDENCE);
    }

}
