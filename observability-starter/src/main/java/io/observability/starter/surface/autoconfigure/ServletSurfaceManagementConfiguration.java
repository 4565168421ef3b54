package io.observability.starter.surface.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.servlet.SurfaceFilter;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
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

    @Bean
    @ConditionalOnMissingBean(name = "observabilityManagementSurfaceFilter")
    FilterRegistrationBean<SurfaceFilter> observabilityManagementSurfaceFilter(Surface surface) {
        List<String> paths = new ArrayList<>(surface.paths(Audience.PROBE));
        paths.addAll(surface.paths(Audience.SCRAPER));
        return ServletSurfaceAutoConfiguration.filter(new Surface(surface.endpoints()), paths,
                Ordered.HIGHEST_PRECEDENCE, "observabilityManagementSurfaceFilter");
    }

}
