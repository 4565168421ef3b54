package io.observability.starter.context.autoconfigure;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

import io.observability.starter.context.CarriedTasks;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

/**
 * Ties each task that an executor is handed to the caller's context. A task that repeats
 * is handed over outside of any context, and belongs to no request.
 */
final class CarryingInterceptor implements MethodInterceptor {

    private final Map<Method, Action> actions = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        return invoke(invocation.getMethod(), invocation.getArguments(), invocation::proceed);
    }

    /**
     * Do to a call what is to be done.
     * @param method the method that is called
     * @param arguments its arguments, changed in place
     * @param call goes on with the call
     * @return the result of the call
     * @throws Throwable what the call throws
     */
    @Nullable Object invoke(Method method, @Nullable Object[] arguments, Call call) throws Throwable {
        return switch (this.actions.computeIfAbsent(method, CarryingInterceptor::actionFor)) {
            case PROCEED -> call.proceed();
            case CARRY -> {
                arguments[0] = carried(arguments[0]);
                yield call.proceed();
            }
            case REPEAT -> {
                try (CarriedTasks.Scope outside = CarriedTasks.outside()) {
                    yield call.proceed();
                }
            }
            case REMOVE -> {
                if (arguments[0] instanceof Runnable task) {
                    arguments[0] = CarriedTasks.sameAs(task);
                }
                yield call.proceed();
            }
            case DRAIN -> originals(call.proceed());
            case NEW_TASK -> newTask(arguments);
        };
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object carried(@Nullable Object task) {
        if (task instanceof Runnable runnable) {
            return CarriedTasks.carry(runnable);
        }
        if (task instanceof Callable<?> callable) {
            return CarriedTasks.carry(callable);
        }
        return (task instanceof Collection<?>) ? CarriedTasks.carryAll((Collection<Callable<Object>>) task) : task;
    }

    private static @Nullable Object originals(@Nullable Object waiting) {
        if (!(waiting instanceof List<?> tasks)) {
            return waiting;
        }
        return tasks.stream()
            .map((task) -> (task instanceof Runnable run) ? CarriedTasks.original(run) : task)
            .toList();
    }

    @SuppressWarnings("unchecked")
    private static Object newTask(@Nullable Object[] arguments) {
        return (arguments[0] instanceof Callable<?> callable) ? new FutureTask<>(callable)
                : new FutureTask<>((Runnable) arguments[0], arguments[1]);
    }

    private static Action actionFor(Method method) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length == 0) {
            return method.getName().equals("shutdownNow") ? Action.DRAIN : Action.PROCEED;
        }
        return switch (method.getName()) {
            case "scheduleAtFixedRate", "scheduleWithFixedDelay" -> Action.REPEAT;
            case "schedule" -> (types.length == 2 && types[1] == Trigger.class) ? Action.REPEAT : forTask(types[0]);
            case "remove" -> (types[0] == Runnable.class) ? Action.REMOVE : Action.PROCEED;
            // Asked of the proxy by ExecutorCompletionService, which shares its package;
            // nobody else can pass it on to a class of the JDK.
            case "newTaskFor" -> isJdk(method.getDeclaringClass()) ? Action.NEW_TASK : Action.PROCEED;
            case "execute", "submit", "submitCompletable", "submitListenable", "submitWithTimeout", "invokeAll",
                    "invokeAllUninterruptibly", "invokeAny" ->
                forTask(types[0]);
            default -> Action.PROCEED;
        };
    }

    private static Action forTask(Class<?> type) {
        // A ForkJoinTask is handed back to the caller and stays as it is.
        return (type == Runnable.class || type == Callable.class || type == Collection.class) ? Action.CARRY
                : Action.PROCEED;
    }

    private static boolean isJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    /**
     * The rest of a call.
     */
    @FunctionalInterface
    interface Call {

        @Nullable Object proceed() throws Throwable;

    }

    private enum Action {

        PROCEED, CARRY, REPEAT, REMOVE, DRAIN, NEW_TASK

    }

}
