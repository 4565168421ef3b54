package io.observability.starter.request.autoconfigure;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.aot.BeanInstanceSupplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.ClassUtils;

/**
 * Finds what of an application looks at Spring's observation of one kind of request, or
 * changes it. Whatever neither Spring Boot nor the starter declares is taken for the
 * application's, other libraries included.
 *
 * @since 0.1.0
 */
public final class ObservationChanges {

    /** Name of Spring's observations of requests that are served. */
    static final String SERVER_REQUESTS = "http.server.requests";

    private static final String BOOT = "org.springframework.boot.";

    private static final String STARTER = ClassUtils.getPackageName(ObservationChanges.class)
        .replace("request.autoconfigure", "");

    private final ConfigurableListableBeanFactory beanFactory;

    private final String name;

    private final List<Class<?>> conventions;

    private final List<Observation.Context> probes;

    /**
     * Create a search.
     * @param beanFactory has the beans
     * @param name name of the observations
     * @param conventions types of the conventions that the observations follow
     * @param probes a context of each type that the observations have; handlers are asked
     * by its type
     */
    public ObservationChanges(ConfigurableListableBeanFactory beanFactory, String name, List<Class<?>> conventions,
            List<Observation.Context> probes) {
        this.beanFactory = beanFactory;
        this.name = name;
        this.conventions = List.copyOf(conventions);
        this.probes = List.copyOf(probes);
    }

    /**
     * Find the changes.
     * @param environment the settings
     * @return each change, in words that complete "the application has ..."
     */
    public List<String> find(Environment environment) {
        List<String> found = new ArrayList<>();
        this.conventions.forEach((convention) -> any(convention, found));
        any(ObservationFilter.class, found);
        any(ObservationPredicate.class, found);
        any(ObservationRegistryCustomizer.class, found);
        any(ObservationRegistry.class, found);
        any(Tracer.class, found);
        any(Propagator.class, found);
        those(ObservationHandler.class, (handler) -> this.probes.stream().anyMatch(handler::supportsContext), found);
        those(GlobalObservationConvention.class,
                (convention) -> this.probes.stream().anyMatch(convention::supportsContext), found);
        settings(environment, found);
        return found;
    }

    private void any(Class<?> type, List<String> found) {
        for (String name : this.beanFactory.getBeanNamesForType(type, true, false)) {
            if (isOfApplication(name)) {
                found.add(type.getSimpleName() + " '" + name + "'");
            }
        }
    }

    // Needs the bean itself, which the registry of observations is about to ask as well.
    private <T> void those(Class<T> type, Predicate<T> looksAtRequests, List<String> found) {
        for (String name : this.beanFactory.getBeanNamesForType(type, true, false)) {
            if (isOfApplication(name) && test(this.beanFactory.getBean(name, type), looksAtRequests)) {
                found.add(type.getSimpleName() + " '" + name + "'");
            }
        }
    }

    private static <T> boolean test(T bean, Predicate<T> looksAtRequests) {
        try {
            return looksAtRequests.test(bean);
        }
        catch (RuntimeException ex) {
            // It looked into the request that isn't there.
            return true;
        }
    }

    private void settings(Environment environment, List<String> found) {
        Binder binder = Binder.get(environment);
        if (!binder.bind("management.observations.key-values", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of())
            .isEmpty()) {
            found.add("management.observations.key-values");
        }
        binder.bind("management.observations.enable", Bindable.mapOf(String.class, Boolean.class))
            .orElse(Map.of())
            .forEach((name, enabled) -> {
                if (!enabled && (name.equals("all") || this.name.startsWith(name))) {
                    found.add("management.observations.enable." + name + "=false");
                }
            });
    }

    boolean isOfApplication(String name) {
        String source = source(name);
        if (source == null) {
            return true;
        }
        return !source.startsWith(BOOT) && !(source.startsWith(STARTER) && name.startsWith("observability"));
    }

    private @Nullable String source(String name) {
        if (!this.beanFactory.containsBeanDefinition(name)) {
            return null;
        }
        BeanDefinition definition = this.beanFactory.getBeanDefinition(name);
        if (definition instanceof AbstractBeanDefinition made && made.getInstanceSupplier() != null) {
            // Registered by hand, or processed ahead of time.
            Method factory = (made.getInstanceSupplier() instanceof BeanInstanceSupplier<?> generated)
                    ? generated.getFactoryMethod() : null;
            return (factory != null) ? factory.getDeclaringClass().getName() : null;
        }
        MethodMetadata method = (definition instanceof AnnotatedBeanDefinition annotated)
                ? annotated.getFactoryMethodMetadata() : null;
        return (method != null) ? method.getDeclaringClassName() : definition.getBeanClassName();
    }

}
