package io.observability.starter.metrics.cardinality.autoconfigure;

import io.observability.starter.metrics.cardinality.CardinalityGuard;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Takes Spring Boot's caps on the number of URIs away. They drop whatever comes after the
 * first 100, the guard's {@code _other} included, and forget none they have seen. Filters
 * of the application's own stay, of that class too.
 */
final class UriCapReplacement implements BeanDefinitionRegistryPostProcessor {

    private static final String[] CAPS = { "metricsHttpServerUriTagFilter", "metricsHttpClientUriTagFilter" };

    private static final String SPRING_BOOT = "org.springframework.boot.";

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        CardinalityGuard.reserveGlobalPlace();
        for (String cap : CAPS) {
            if (registry.containsBeanDefinition(cap) && isOfSpringBoot(registry.getBeanDefinition(cap))) {
                registry.removeBeanDefinition(cap);
            }
        }
    }

    private static boolean isOfSpringBoot(BeanDefinition definition) {
        String factory = definition.getFactoryBeanName();
        String type = definition.getBeanClassName();
        return (factory != null && factory.startsWith(SPRING_BOOT)) || (type != null && type.startsWith(SPRING_BOOT));
    }

}
