package io.observability.starter.metrics.business.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.metrics.business.CountedByResult;
import io.observability.starter.metrics.business.Misuse;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Puts the interceptor around beans that have methods with {@link CountedByResult} and,
 * when all beans are there, makes their counters and looks for methods whose calls it
 * can't see.
 */
final class CountedByResultPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements SmartInitializingSingleton {

    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    // They have no such methods, and looking at each of theirs takes time at start. Not
    // all below org.springframework: its samples are applications.
    private static final String[] LIBRARIES = { "java.", "jakarta.", "org.springframework.aop.",
            "org.springframework.beans.", "org.springframework.boot.", "org.springframework.context.",
            "org.springframework.http.", "org.springframework.web.", "org.apache.catalina.", "io.micrometer.",
            "io.opentelemetry.", "io.prometheus.", "tools.jackson." };

    private final ObjectProvider<BusinessMetrics> metrics;

    private final CountedByResultInterceptor interceptor;

    private final Set<Class<?>> found = ConcurrentHashMap.newKeySet();

    CountedByResultPostProcessor(ObjectProvider<BusinessMetrics> metrics) {
        this.metrics = metrics;
        this.interceptor = new CountedByResultInterceptor(metrics::getObject);
        this.advisor = new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, CountedByResult.class, true),
                this.interceptor);
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        boolean eligible = !isOfLibrary(targetClass) && super.isEligible(targetClass);
        if (eligible) {
            this.found.add(ClassUtils.getUserClass(targetClass));
        }
        return eligible;
    }

    // A class that an application derives, or that a proxy is made of, has its name.
    private static boolean isOfLibrary(Class<?> type) {
        for (String library : LIBRARIES) {
            if (type.getName().startsWith(library)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void afterSingletonsInstantiated() {
        BusinessMetrics all = this.metrics.getObject();
        for (Class<?> type : this.found) {
            methods(type).forEach((method, counted) -> check(all, method, counted));
        }
        this.found.clear();
        all.throwIfStrict();
    }

    private void check(BusinessMetrics all, Method method, CountedByResult counted) {
        this.interceptor.counter(counted);
        String where = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
            all.report(Misuse.CALL_NOT_COUNTED, counted.value(),
                    "does not count " + where + ": Spring does not see calls of private, static or final methods");
        }
        else if (isPublisher(method.getReturnType())) {
            all.report(Misuse.CALL_NOT_COUNTED, counted.value(),
                    "counts that " + where + " was called, not what became of it: its result comes later");
        }
    }

    private static Map<Method, CountedByResult> methods(Class<?> type) {
        return MethodIntrospector.selectMethods(type,
                (MethodIntrospector.MetadataLookup<CountedByResult>) (method) -> AnnotatedElementUtils
                    .findMergedAnnotation(method, CountedByResult.class));
    }

    // By name, since Reactor need not be there.
    private static boolean isPublisher(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(PUBLISHER) || isPublisher(type.getSuperclass())
                || Arrays.stream(type.getInterfaces()).anyMatch(CountedByResultPostProcessor::isPublisher));
    }

}
