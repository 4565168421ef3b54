package io.observability.starter.metrics.business;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;

/**
 * Counts calls by whether they succeed and, if not, by the class of the exception. The
 * first 20 classes have series of their own, the others share {@code _other}. Counting
 * allocates nothing once the series exists. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallCounter {

    private static final int MAX_CLASSES = 20;

    private static final String OTHER = "_other";

    private final Counter successes;

    private final Function<String, Counter> failures;

    // By the name of the class: the class itself would keep its loader from going.
    private final Map<String, Counter> byClass = new ConcurrentHashMap<>();

    CallCounter(Counter successes, Function<String, Counter> failures) {
        this.successes = successes;
        this.failures = failures;
    }

    /**
     * Count a call that succeeded.
     */
    public void success() {
        this.successes.increment();
    }

    /**
     * Count a call that failed.
     * @param failure why
     */
    public void failure(Throwable failure) {
        Counter known = this.byClass.get(failure.getClass().getName());
        ((known != null) ? known : add(failure.getClass())).increment();
    }

    /**
     * Make a call and count it.
     * @param <T> the type of its result
     * @param call the call
     * @return its result
     * @throws Exception what the call throws
     */
    public <T> T count(Callable<T> call) throws Exception {
        T result;
        try {
            result = call.call();
        }
        catch (Throwable ex) {
            failure(ex);
            throw ex;
        }
        success();
        return result;
    }

    private synchronized Counter add(Class<?> type) {
        if (this.byClass.size() >= MAX_CLASSES && !this.byClass.containsKey(type.getName())) {
            return this.byClass.computeIfAbsent(OTHER, this.failures);
        }
        return this.byClass.computeIfAbsent(type.getName(), (name) -> this.failures.apply(simpleName(type)));
    }

    private static String simpleName(Class<?> type) {
        String simple = type.getSimpleName();
        // An anonymous class has none.
        return simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
    }

}
