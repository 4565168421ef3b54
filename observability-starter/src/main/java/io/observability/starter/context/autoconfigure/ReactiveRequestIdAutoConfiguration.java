package io.observability.starter.context.autoconfigure;

import io.observability.starter.context.reactive.RequestIdHandlerDecorator;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of request ids on WebFlux.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ContextAutoConfiguration.class)
@ConditionalOnFeature("context")
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class ReactiveRequestIdAutoConfiguration {

    ReactiveRequestIdAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RequestIdHandlerDecorator observabilityRequestIdHandlerDecorator(ContextProperties properties) {
        ContextProperties.RequestId requestId = properties.getRequestId();
        return new RequestIdHandlerDecorator(requestId.getHeader(), requestId.isAccept(), requestId.isRespond(),
                TagSettings.headerTags(properties));
    }

    @Bean
    @ConditionalOnMissingBean
    RequestIdSource observabilityRequestIdSource() {
        return new RequestIdSource("reactive");
    }

}
