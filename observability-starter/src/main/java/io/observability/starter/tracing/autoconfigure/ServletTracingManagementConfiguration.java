package io.observability.starter.tracing.autoconfigure;

import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.tracing.servlet.UnobservedFilter;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Leaves out all requests of a management port of its own.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnFeature("tracing")
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class ServletTracingManagementConfiguration {

    @Bean
    @ConditionalOnMissingBean(value = UnobservedFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<UnobservedFilter> observabilityManagementUnobservedFilter() {
        FilterRegistrationBean<UnobservedFilter> registration = new FilterRegistrationBean<>(new UnobservedFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return registration;
    }

}
