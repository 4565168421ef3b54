package io.observability.starter.metrics.cardinality.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.cardinality.CardinalityGuard;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;

/**
 * Installs the guard in each registry. Comes after Spring Boot's own post-processor, so
 * the guard is the last filter and sees names and values as they will be shown; and it is
 * no {@code MeterFilter} bean, since those do not reach the composite registry.
 */
final class CardinalityGuardPostProcessor implements BeanPostProcessor {

    private final ObjectProvider<CardinalityGuard> guard;

    private final ObjectProvider<MetricsProperties> properties;

    CardinalityGuardPostProcessor(ObjectProvider<CardinalityGuard> guard,
            ObjectProvider<MetricsProperties> properties) {
        this.guard = guard;
        this.properties = properties;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof MeterRegistry registry) {
            CardinalityGuard installed = this.guard.getObject();
            installed.install(registry);
            if (this.properties.getObject().isUseGlobalRegistry()) {
                installed.installGlobally();
            }
        }
        return bean;
    }

}
