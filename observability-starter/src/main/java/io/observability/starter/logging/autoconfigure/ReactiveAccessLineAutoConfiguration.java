package io.observability.starter.logging.autoconfigure;

import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.logging.reactive.AccessLineDecorator;
import io.observability.starter.logging.reactive.AccessLineWebFilter;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Surface;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * Auto-configuration of the access line on WebFlux.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("logging")
@ConditionalOnBooleanProperty(name = "observability.logging.access.enabled", matchIfMissing = true)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Import(AccessLineConfiguration.class)
public final class ReactiveAccessLineAutoConfiguration {

    // Inside the decorator that gives requests their ids.
    static final int DECORATOR_ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    ReactiveAccessLineAutoConfiguration() {
    }

    @Bean
    @Order(DECORATOR_ORDER)
    @ConditionalOnMissingBean
    AccessLineDecorator observabilityAccessLineDecorator(AccessLog log, Environment environment,
            ObjectProvider<Surface> surface, AccessLogProperties properties) {
        return new AccessLineDecorator(log, AccessPaths.of(environment, "", surface), properties.isPath(),
                properties.isClientAddress(), properties.isUserAgent());
    }

    @Bean
    @ConditionalOnMissingBean
    AccessLineWebFilter observabilityAccessLineWebFilter() {
        return new AccessLineWebFilter();
    }

}
