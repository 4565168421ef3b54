package io.observability.starter.metrics.business.autoconfigure;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.metrics.business.CallCounter;
import io.observability.starter.metrics.business.CountedByResult;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Counts the calls of methods with {@link CountedByResult}. One counter for each name:
 * methods may share it.
 */
final class CountedByResultInterceptor implements MethodInterceptor {

    private final Supplier<BusinessMetrics> metrics;

    private final Map<MethodClassKey, CallCounter> byMethod = new ConcurrentHashMap<>();

    private final Map<String, CallCounter> byName = new ConcurrentHashMap<>();

    CountedByResultInterceptor(Supplier<BusinessMetrics> metrics) {
        this.metrics = metrics;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        CallCounter counter = counter(invocation);
        Object result;
        try {
            result = invocation.proceed();
        }
        catch (Throwable ex) {
            counter.failure(ex);
            throw ex;
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> count(counter, failure));
        }
        else {
            counter.success();
        }
        return result;
    }

    /**
     * Make the counter of an annotation, so that its series is there before any call.
     * @param counted the annotation
     * @return its counter
     */
    CallCounter counter(CountedByResult counted) {
        return this.byName.computeIfAbsent(counted.value(),
                (name) -> this.metrics.get().calls(name, counted.description()));
    }

    private CallCounter counter(MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> type = (target != null) ? AopUtils.getTargetClass(target) : invocation.getMethod().getDeclaringClass();
        MethodClassKey key = new MethodClassKey(invocation.getMethod(), type);
        CallCounter known = this.byMethod.get(key);
        return (known != null) ? known
                : this.byMethod.computeIfAbsent(key, (added) -> counter(annotation(invocation.getMethod(), type)));
    }

    private static CountedByResult annotation(Method method, Class<?> type) {
        Method specific = AopUtils.getMostSpecificMethod(method, type);
        CountedByResult found = AnnotatedElementUtils.findMergedAnnotation(specific, CountedByResult.class);
        if (found == null) {
            throw new IllegalStateException("No @CountedByResult on " + specific);
        }
        return found;
    }

    private static void count(CallCounter counter, @Nullable Throwable failure) {
        if (failure == null) {
            counter.success();
            return;
        }
        Throwable cause = failure.getCause();
        counter.failure((failure instanceof CompletionException && cause != null) ? cause : failure);
    }

}
