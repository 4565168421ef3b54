package io.observability.starter.context.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;

import io.micrometer.context.ContextExecutorService;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.ClassUtils;

/**
 * Makes every bean that executes tasks carry the caller's context into them. Spring's own
 * executors get a task decorator and stay what they are; any other executor gets a proxy
 * that is a subclass where that works, so that it can be injected by its class.
 */
final class ExecutorContextPostProcessor implements BeanPostProcessor, Ordered {

    private final ConfigurableListableBeanFactory beanFactory;

    private final Predicate<String> excluded;

    private final CarryingInterceptor interceptor = new CarryingInterceptor();

    private final Set<String> carried = new ConcurrentSkipListSet<>();

    private final Set<String> leftAlone = new ConcurrentSkipListSet<>();

    ExecutorContextPostProcessor(ConfigurableListableBeanFactory beanFactory, Predicate<String> excluded) {
        this.beanFactory = beanFactory;
        this.excluded = excluded;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /**
     * Names of the beans that carry the context.
     * @return the names, in order
     */
    Set<String> carried() {
        return this.carried;
    }

    /**
     * Names of the beans that could not be made to carry the context.
     * @return the names, in order
     */
    Set<String> leftAlone() {
        return this.leftAlone;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof Executor) && !(bean instanceof TaskScheduler)) {
            return bean;
        }
        if (isCarrying(bean)) {
            this.carried.add(beanName);
            return bean;
        }
        ExecutorOrigin origin = new ExecutorOrigin(this.beanFactory, beanName);
        if (this.excluded.test(beanName) || bean.getClass().getName().startsWith("io.netty.")
                || origin.isInfrastructure(bean)) {
            return bean;
        }
        Object result = decorate(bean) ? bean : proxy(bean, beanName, origin);
        ((result != null) ? this.carried : this.leftAlone).add(beanName);
        return (result != null) ? result : bean;
    }

    private boolean isCarrying(Object bean) {
        if (bean instanceof Advised advised) {
            for (Advisor advisor : advised.getAdvisors()) {
                Advice advice = advisor.getAdvice();
                if (advice instanceof CarryingInterceptor) {
                    return true;
                }
            }
        }
        // A scheduler is in need of more than the decorator: its repeated tasks would
        // carry the context of whoever began them.
        return bean instanceof ContextExecutorService<?>
                || (!(bean instanceof TaskScheduler) && isCarrying(decoratorOf(new DirectFieldAccessor(bean))));
    }

    private static boolean isCarrying(@Nullable TaskDecorator decorator) {
        if (decorator instanceof CompositeTaskDecorator composite) {
            DirectFieldAccessor fields = new DirectFieldAccessor(composite);
            return fields.isReadableProperty("taskDecorators")
                    && fields.getPropertyValue("taskDecorators") instanceof Iterable<?> parts && anyCarrying(parts);
        }
        return decorator instanceof ContextPropagatingTaskDecorator || decorator instanceof CarryingTaskDecorator;
    }

    private static boolean anyCarrying(Iterable<?> decorators) {
        for (Object decorator : decorators) {
            if (decorator instanceof TaskDecorator part && isCarrying(part)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable TaskDecorator decoratorOf(DirectFieldAccessor fields) {
        boolean present = fields.isReadableProperty("taskDecorator");
        return (present && fields.getPropertyValue("taskDecorator") instanceof TaskDecorator decorator) ? decorator
                : null;
    }

    private static boolean decorate(Object bean) {
        DirectFieldAccessor fields = new DirectFieldAccessor(bean);
        if (bean instanceof TaskScheduler || !fields.isReadableProperty("taskDecorator")) {
            return false;
        }
        TaskDecorator decorator = new CarryingTaskDecorator(decoratorOf(fields));
        if (bean instanceof ThreadPoolTaskExecutor executor) {
            executor.setTaskDecorator(decorator);
        }
        else if (bean instanceof SimpleAsyncTaskExecutor executor) {
            executor.setTaskDecorator(decorator);
        }
        else if (bean instanceof ConcurrentTaskExecutor executor) {
            executor.setTaskDecorator(decorator);
        }
        else {
            return false;
        }
        return true;
    }

    private @Nullable Object proxy(Object bean, String beanName, ExecutorOrigin origin) {
        // No class is made at run time in a native image. And the tasks of a priority
        // queue
        // are compared with each other, by what they are and not by what wraps them.
        if (NativeDetector.inNativeImage()) {
            return null;
        }
        if (bean instanceof ThreadPoolExecutor pool && pool.getQueue() instanceof PriorityBlockingQueue) {
            return null;
        }
        try {
            if (canBeExtended(bean.getClass())) {
                return proxy(bean, true);
            }
            return origin.isDeclaredByInterface() ? proxy(bean, false) : null;
        }
        catch (AopConfigException ex) {
            LoggerFactory.getLogger(ExecutorContextPostProcessor.class)
                .warn("Executor '{}' does not carry the caller's context: no proxy of {} can be made", beanName,
                        bean.getClass().getName(), ex);
            return null;
        }
    }

    private Object proxy(Object bean, boolean asSubclass) {
        ProxyFactory factory = new ProxyFactory();
        factory.setTarget(bean);
        factory.addAdvice(this.interceptor);
        if (!asSubclass) {
            factory.setInterfaces(ClassUtils.getAllInterfaces(bean));
        }
        else if (isOfTheJdk(bean.getClass())) {
            return JdkExecutorSubclass.of(bean, factory, this.interceptor);
        }
        factory.setProxyTargetClass(asSubclass);
        return factory.getProxy(this.beanFactory.getBeanClassLoader());
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private static boolean canBeExtended(Class<?> type) {
        int modifiers = type.getModifiers();
        if (Modifier.isFinal(modifiers) || Modifier.isPrivate(modifiers)
                || (!Modifier.isPublic(modifiers) && isOfTheJdk(type))) {
            return false;
        }
        // A final method would work on the empty fields of the proxy.
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() != Object.class && !Modifier.isStatic(method.getModifiers())
                    && Modifier.isFinal(method.getModifiers())) {
                return false;
            }
        }
        return true;
    }

}
