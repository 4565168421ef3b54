package io.observability.starter.surface.autoconfigure;

import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.servlet.ServletPathClaims;
import io.observability.starter.surface.servlet.SurfaceFilter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * The starter's own paths on a management port of its own: metrics move there, probes
 * answer there as well.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Surface.class)
final class ServletSurfaceManagementConfiguration {

    private final Surface surface;

    ServletSurfaceManagementConfiguration(Surface surface) {
        // What the application maps, it maps on its own port.
        this.surface = new Surface(surface.endpoints());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementPathClaims")
    @Lazy(false)
    ServletPathClaims observabilityManagementPathClaims(ListableBeanFactory beanFactory) {
        return new ServletPathClaims(this.surface, beanFactory, null, "");
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementProbeFilter")
    FilterRegistrationBean<SurfaceFilter> observabilityManagementProbeFilter() {
        return ServletSurfaceAutoConfiguration.filter(this.surface, this.surface.paths(Audience.PROBE),
                Ordered.HIGHEST_PRECEDENCE, "observabilityManagementProbeFilter");
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementScrapeFilter")
    FilterRegistrationBean<SurfaceFilter> observabilityManagementScrapeFilter() {
        return ServletSurfaceAutoConfiguration.filter(this.surface, this.surface.paths(Audience.SCRAPER),
                ServletSurfaceAutoConfiguration.BEHIND_SECURITY, "observabilityManagementScrapeFilter");
    }

}
