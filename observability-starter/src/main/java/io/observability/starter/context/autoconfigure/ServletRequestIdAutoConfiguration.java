package io.observability.starter.context.autoconfigure;

import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.context.servlet.RequestIdFilter;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import jakarta.servlet.DispatcherType;
import org.apache.catalina.valves.ValveBase;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Auto-configuration of request ids on a servlet container.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ContextAutoConfiguration.class)
@ConditionalOnFeature("context")
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class ServletRequestIdAutoConfiguration {

    ServletRequestIdAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    IncomingContext observabilityIncomingContext(ContextProperties properties) {
        ContextProperties.RequestId requestId = properties.getRequestId();
        return new IncomingContext(requestId.getHeader(), requestId.isAccept(), requestId.isRespond(),
                TagSettings.headerTags(properties));
    }

    @Bean
    @ConditionalOnMissingBean(value = RequestIdFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<RequestIdFilter> observabilityRequestIdFilter(IncomingContext incoming,
            ObjectProvider<RequestEngine> engine) {
        FilterRegistrationBean<RequestIdFilter> registration = new FilterRegistrationBean<>(
                new RequestIdFilter(incoming));
        registration.setName("observabilityRequestIdFilter");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        // The direct engine's filter does its work.
        registration.setEnabled(engine.stream().noneMatch(RequestEngine::isDirect));
        return registration;
    }

    @Bean
    @ConditionalOnMissingBean
    RequestIdSource observabilityRequestIdSource() {
        return new RequestIdSource("servlet");
    }

    /**
     * Headers on Tomcat.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ ConfigurableTomcatWebServerFactory.class, ValveBase.class })
    static class TomcatConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityTomcatHeaders")
        WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> observabilityTomcatHeaders() {
            return new TomcatHeadersCustomizer();
        }

    }

}
