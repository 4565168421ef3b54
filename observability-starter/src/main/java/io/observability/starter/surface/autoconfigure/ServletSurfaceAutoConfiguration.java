package io.observability.starter.surface.autoconfigure;

import java.util.List;

import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceReport;
import io.observability.starter.surface.servlet.ServletPathClaims;
import io.observability.starter.surface.servlet.SurfaceFilter;
import io.observability.starter.surface.servlet.SurfaceServlet;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Auto-configuration of the starter's own paths on a servlet container.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("surface")
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class ServletSurfaceAutoConfiguration {

    // Spring Security's filter chain stands at -100.
    static final int BEHIND_SECURITY = 0;

    ServletSurfaceAutoConfiguration() {
    }

    static FilterRegistrationBean<SurfaceFilter> filter(Surface surface, List<String> paths, int order, String name) {
        FilterRegistrationBean<SurfaceFilter> registration = new FilterRegistrationBean<>(new SurfaceFilter(surface));
        registration.setName(name);
        registration.setUrlPatterns(paths);
        registration.setOrder(order);
        registration.setAsyncSupported(true);
        // Without a path the registration would fall back to every path.
        registration.setEnabled(!paths.isEmpty());
        return registration;
    }

    @Bean
    @ConditionalOnMissingBean
    Surface observabilitySurface(ObjectProvider<SurfaceEndpoint> endpoints) {
        return new Surface(endpoints.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    @Lazy(false)
    ServletPathClaims observabilityPathClaims(Surface surface, ListableBeanFactory beanFactory,
            ObjectProvider<ServletContext> servletContext, ObjectProvider<DispatcherServletPath> dispatcherPath) {
        DispatcherServletPath path = dispatcherPath.getIfAvailable();
        return new ServletPathClaims(surface, beanFactory, servletContext.getIfAvailable(),
                (path != null) ? path.getPrefix() : "");
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityProbeFilter")
    FilterRegistrationBean<SurfaceFilter> observabilityProbeFilter(Surface surface) {
        return filter(surface, surface.paths(Audience.PROBE), Ordered.HIGHEST_PRECEDENCE, "observabilityProbeFilter");
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilitySurfaceReport")
    SurfaceReport observabilitySurfaceReport(Surface surface, Environment environment) {
        return new SurfaceReport(surface, "Servlet",
                ManagementPortType.get(environment) == ManagementPortType.DIFFERENT);
    }

    /**
     * With a dispatcher servlet below a path, no servlet has our paths, and Tomcat runs
     * no filter for a path that no servlet has.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("spring.mvc.servlet.path")
    static class DispatcherBelowPathConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ServletRegistrationBean<SurfaceServlet> observabilitySurfaceServlet(Surface surface,
                DispatcherServletPath dispatcherPath) {
            List<String> paths = surface.endpoints().stream().map(SurfaceEndpoint::path).sorted().toList();
            ServletRegistrationBean<SurfaceServlet> registration = new ServletRegistrationBean<>(new SurfaceServlet());
            registration.setUrlMappings(paths);
            registration.setName(SurfaceServlet.NAME);
            registration.setEnabled(!paths.isEmpty() && !dispatcherPath.getPrefix().isEmpty());
            return registration;
        }

    }

    /**
     * Without a management port of its own, metrics are scraped where the application
     * answers.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnManagementPort(ManagementPortType.SAME)
    static class SamePortConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityScrapeFilter")
        FilterRegistrationBean<SurfaceFilter> observabilityScrapeFilter(Surface surface) {
            return filter(surface, surface.paths(Audience.SCRAPER), BEHIND_SECURITY, "observabilityScrapeFilter");
        }

    }

}
