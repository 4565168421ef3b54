package io.observability.starter.request.autoconfigure;

import io.observability.starter.request.reactive.EndpointHandlerMapping;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.CorsEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webflux.actuate.endpoint.web.WebFluxEndpointHandlerMapping;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Keeps the actuator's endpoints out of the way of the application's exchanges. In front
 * of Spring Boot's configuration, which makes its own mapping unless there is one.
 */
@ManagementContextConfiguration(value = ManagementContextType.SAME, proxyBeanMethods = false)
@Order(0)
@ConditionalOnFeature("http")
@ConditionalOnClass({ DispatcherHandler.class, WebFluxEndpointHandlerMapping.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(WebEndpointsSupplier.class)
@EnableConfigurationProperties(CorsEndpointProperties.class)
final class ReactiveEndpointMappingConfiguration {

    @Bean
    @ConditionalOnMissingBean
    WebFluxEndpointHandlerMapping observabilityEndpointHandlerMapping(WebEndpointsSupplier endpoints,
            PathMappedEndpoints all, EndpointMediaTypes mediaTypes, CorsEndpointProperties cors,
            WebEndpointProperties properties) {
        return EndpointMappings.create(endpoints, all, mediaTypes, cors, properties, EndpointHandlerMapping::new);
    }

}
