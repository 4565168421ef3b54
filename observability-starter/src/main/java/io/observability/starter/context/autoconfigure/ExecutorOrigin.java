package io.observability.starter.context.autoconfigure;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.type.MethodMetadata;
import org.springframework.scheduling.TaskScheduler;

/**
 * Who made an executor bean. What Spring makes for its own use (brokers, sockets) and
 * what the starter makes for itself is none of the application's tasks; Spring Boot's
 * executor has a property of its own. Its scheduler, which applications are handed, has
 * none that fits.
 */
final class ExecutorOrigin {

    private static final String OURS = "observability";

    private final String beanName;

    private final @Nullable BeanDefinition definition;

    private final @Nullable Method factoryMethod;

    ExecutorOrigin(ConfigurableListableBeanFactory beanFactory, String beanName) {
        this.beanName = beanName;
        boolean defined = beanFactory.containsBeanDefinition(beanName);
        this.definition = defined ? beanFactory.getBeanDefinition(beanName) : null;
        this.factoryMethod = (defined
                && beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition merged)
                        ? merged.getResolvedFactoryMethod() : null;
    }

    /**
     * Whether the bean is declared by an interface, so that nobody can ask for it by its
     * class.
     * @return whether it is
     */
    boolean isDeclaredByInterface() {
        return this.factoryMethod != null && this.factoryMethod.getReturnType().isInterface();
    }

    boolean isInfrastructure(Object bean) {
        if (this.definition == null) {
            return false;
        }
        if (this.definition.getRole() == BeanDefinition.ROLE_INFRASTRUCTURE) {
            return true;
        }
        MethodMetadata method = (this.definition instanceof AnnotatedBeanDefinition annotated)
                ? annotated.getFactoryMethodMetadata() : null;
        if (method == null) {
            return false;
        }
        String factory = method.getDeclaringClassName();
        if (bean instanceof TaskScheduler && factory.startsWith("org.springframework.boot.autoconfigure.task.")) {
            return false;
        }
        return factory.startsWith("org.springframework.") || this.beanName.startsWith(OURS);
    }

}
