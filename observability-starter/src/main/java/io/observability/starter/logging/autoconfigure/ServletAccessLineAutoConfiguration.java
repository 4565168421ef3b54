package io.observability.starter.logging.autoconfigure;

import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.logging.servlet.AccessDetails;
import io.observability.starter.logging.servlet.AccessLineFilter;
import io.observability.starter.request.servlet.FrontFilters;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Surface;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Auto-configuration of the access line on a servlet container.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("logging")
@ConditionalOnBooleanProperty(name = "observability.logging.access.enabled", matchIfMissing = true)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(AccessLineConfiguration.class)
public final class ServletAccessLineAutoConfiguration {

    // Directly inside the filter that observes requests.
    private static final int PLACE = 3;

    ServletAccessLineAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean(value = AccessLineFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<AccessLineFilter> observabilityAccessLineFilter(AccessLog log, Environment environment,
            ObjectProvider<Surface> surface, AccessLogProperties properties,
            ObjectProvider<FilterRegistrationBean<ForwardedHeaderFilter>> forwardedHeaders) {
        AccessLineFilter filter = new AccessLineFilter(log,
                AccessPaths.of(environment, environment.getProperty("spring.mvc.servlet.path", ""), surface),
                new AccessDetails(properties.isPath(), properties.isClientAddress(), properties.isUserAgent()));
        FilterRegistrationBean<AccessLineFilter> registration = FrontFilters.register(filter, PLACE, forwardedHeaders);
        registration.setName("observabilityAccessLineFilter");
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return registration;
    }

}
