package io.observability.starter.context.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * What a native image keeps for context in executors and in calls: the fields in which
 * Spring's executors have their decorator, which they do not show in any other way, and
 * the client that may be there.
 */
final class ContextRuntimeHints implements RuntimeHintsRegistrar {

    private static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.WebClient";

    private static final List<Class<?>> DECORATED = List.of(ThreadPoolTaskExecutor.class, ThreadPoolTaskScheduler.class,
            SimpleAsyncTaskExecutor.class, ConcurrentTaskExecutor.class);

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (Class<?> decorated : DECORATED) {
            hints.reflection().registerType(decorated, (type) -> type.withField("taskDecorator"));
        }
        hints.reflection().registerType(CompositeTaskDecorator.class, (type) -> type.withField("taskDecorators"));
        // Whether it is there is asked again at run time.
        hints.reflection().registerTypeIfPresent(classLoader, WEB_CLIENT);
    }

}
