package io.observability.starter.context.autoconfigure;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of executor bean carries trace and request id, and leaves nothing on its
 * threads.
 */
class ExecutorContextIntegrationTests extends ExecutorContexts {

    @ParameterizedTest
    @ValueSource(strings = { "fixed", "single", "concretePool", "extendedPool", "scheduled", "concreteScheduled",
            "forkJoin", "poolTaskExecutor", "decoratedTaskExecutor", "simpleAsync", "concurrentTaskExecutor",
            "poolTaskScheduler", "plain" })
    void executedTaskHasTheIdsOfItsCaller(String bean) throws Exception {
        Executor executor = context.getBean(bean, Executor.class);
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Ids> seen = new CompletableFuture<>();
            Ids caller = inRequest("r-" + i, () -> executor.execute(() -> seen.complete(Ids.now())));
            assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo(caller);
        }
        CompletableFuture<Ids> afterwards = new CompletableFuture<>();
        executor.execute(() -> afterwards.complete(Ids.now()));
        assertThat(afterwards.get(5, TimeUnit.SECONDS)).isEqualTo(Ids.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "fixed", "single", "concretePool", "extendedPool", "scheduled", "concreteScheduled",
            "forkJoin" })
    void everyMethodOfAnExecutorServiceCarries(String bean) throws Exception {
        ExecutorService executor = context.getBean(bean, ExecutorService.class);
        Callable<Ids> task = Ids::now;
        CompletableFuture<Ids> run = new CompletableFuture<>();
        CompletableFuture<Ids> runWithResult = new CompletableFuture<>();
        Future<?>[] submitted = new Future<?>[4];
        Ids caller = inRequest("r-1", () -> {
            submitted[0] = executor.submit(task);
            submitted[1] = executor.submit((Runnable) () -> run.complete(Ids.now()));
            submitted[2] = executor.submit(() -> runWithResult.complete(Ids.now()), "result");
            submitted[3] = executor.invokeAll(List.of(task)).get(0);
            assertThat(executor.invokeAny(List.of(task))).isEqualTo(Ids.now());
        });
        assertThat(submitted[0].get()).isEqualTo(caller);
        assertThat(submitted[1].get()).isNull();
        assertThat(run.get()).isEqualTo(caller);
        assertThat(submitted[2].get()).isEqualTo("result");
        assertThat(runWithResult.get()).isEqualTo(caller);
        assertThat(submitted[3].get()).isEqualTo(caller);
        assertThat(executor.submit(task).get()).isEqualTo(Ids.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "fixed", "single", "concretePool", "forkJoin", "poolTaskExecutor", "simpleAsync", "plain" })
    void completableFutureOnABeanCarries(String bean) throws Exception {
        Executor executor = context.getBean(bean, Executor.class);
        AtomicInteger parts = new AtomicInteger();
        CompletableFuture<?>[] future = new CompletableFuture<?>[1];
        Ids caller = inRequest("r-1", () -> {
            Ids mine = Ids.now();
            future[0] = CompletableFuture.supplyAsync(Ids::now, executor).thenApplyAsync((first) -> {
                assertThat(first).isEqualTo(mine);
                parts.incrementAndGet();
                return Ids.now();
            }, executor);
            future[0].join();
        });
        assertThat(future[0].get()).isEqualTo(caller);
        assertThat(parts).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "fixed", "concretePool", "extendedPool", "concreteScheduled", "single", "forkJoin" })
    void completionServiceOnABeanCarries(String bean) throws Exception {
        ExecutorCompletionService<Ids> service = new ExecutorCompletionService<>(context.getBean(bean, Executor.class));
        Ids caller = inRequest("r-1", () -> service.submit(Ids::now));
        assertThat(service.take().get()).isEqualTo(caller);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before Java 21")
    void virtualThreadPerTaskCarries() throws Exception {
        ExecutorService executor = context.getBean("virtual", ExecutorService.class);
        Future<?>[] future = new Future<?>[1];
        Ids caller = inRequest("r-1", () -> future[0] = executor.submit(Ids::now));
        assertThat(future[0].get()).isEqualTo(caller);
        assertThat(executor.submit(Ids::now).get()).isEqualTo(Ids.NONE);
    }

    @Test
    void decoratorOfTheApplicationStillRuns() throws Exception {
        ThreadPoolTaskExecutor executor = context.getBean("decoratedTaskExecutor", ThreadPoolTaskExecutor.class);
        Future<?>[] future = new Future<?>[1];
        inRequest("r-1", () -> future[0] = executor.submit(() -> MDC.get("decorated")));
        assertThat(future[0].get()).isEqualTo("yes");
    }

}
