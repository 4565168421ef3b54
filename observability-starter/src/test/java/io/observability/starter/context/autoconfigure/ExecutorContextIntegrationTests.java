package io.observability.starter.context.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of executor bean carries trace and request id, with a real tracer, and
 * leaves nothing on its threads.
 */
class ExecutorContextIntegrationTests {

    private static ConfigurableApplicationContext context;

    private static ObservationRegistry observations;

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(ExecutorBeans.class).web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off", "observability.context.executors.exclude=excluded*",
                    // Spring Boot's own meters, by their own names.
                    "observability.metrics.enabled=false")
            .run();
        observations = context.getBean(ObservationRegistry.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @AfterEach
    void nothingStaysOnTheCaller() {
        MDC.remove("request_id");
        assertThat(Ids.now()).isEqualTo(Ids.NONE);
    }

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

    @ParameterizedTest
    @ValueSource(strings = { "scheduled", "concreteScheduled" })
    void delayedTaskCarriesAndRepeatedTaskDoesNot(String bean) throws Exception {
        ScheduledExecutorService executor = context.getBean(bean, ScheduledExecutorService.class);
        LinkedBlockingQueue<Ids> once = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Ids> repeated = new LinkedBlockingQueue<>();
        Future<?>[] futures = new Future<?>[4];
        Ids caller = inRequest("r-1", () -> {
            futures[0] = executor.schedule((Runnable) () -> once.add(Ids.now()), 1, TimeUnit.MILLISECONDS);
            futures[1] = executor.schedule((Callable<Ids>) Ids::now, 1, TimeUnit.MILLISECONDS);
            futures[2] = executor.scheduleAtFixedRate(() -> repeated.add(Ids.now()), 0, 5, TimeUnit.MILLISECONDS);
            futures[3] = executor.scheduleWithFixedDelay(() -> repeated.add(Ids.now()), 0, 5, TimeUnit.MILLISECONDS);
        });
        assertThat(once.poll(5, TimeUnit.SECONDS)).isEqualTo(caller);
        assertThat(futures[1].get()).isEqualTo(caller);
        for (int i = 0; i < 6; i++) {
            assertThat(repeated.poll(5, TimeUnit.SECONDS)).isEqualTo(Ids.NONE);
        }
        futures[2].cancel(false);
        futures[3].cancel(false);
    }

    @Test
    void taskSchedulersOneShotCarriesAndItsRepeatedTasksDoNot() throws Exception {
        schedulerCarriesOneShotsAlone(context.getBean("poolTaskScheduler", TaskScheduler.class));
    }

    @Test
    void schedulerOfSpringBootCarriesOneShotsAlone() throws Exception {
        try (ConfigurableApplicationContext own = new SpringApplicationBuilder(SchedulerOfSpringBoot.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off", "observability.metrics.enabled=false")
            .run()) {
            schedulerCarriesOneShotsAlone(own.getBean("taskScheduler", ThreadPoolTaskScheduler.class));
            assertThat(own.getBean(SimpleMeterRegistry.class)
                .find("executor.pool.max")
                .tag("name", "taskScheduler")
                .gauge()).isNotNull();
        }
    }

    private void schedulerCarriesOneShotsAlone(TaskScheduler scheduler) throws Exception {
        LinkedBlockingQueue<Ids> once = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Ids> repeated = new LinkedBlockingQueue<>();
        Future<?>[] futures = new Future<?>[3];
        Ids caller = inRequest("r-1", () -> {
            scheduler.schedule(() -> once.add(Ids.now()), Instant.now());
            futures[0] = scheduler.schedule(() -> repeated.add(Ids.now()), new PeriodicTrigger(Duration.ofMillis(5)));
            futures[1] = scheduler.scheduleAtFixedRate(() -> repeated.add(Ids.now()), Duration.ofMillis(5));
            futures[2] = scheduler.scheduleWithFixedDelay(() -> repeated.add(Ids.now()), Duration.ofMillis(5));
        });
        assertThat(once.poll(5, TimeUnit.SECONDS)).isEqualTo(caller);
        for (int i = 0; i < 12; i++) {
            assertThat(repeated.poll(5, TimeUnit.SECONDS)).isEqualTo(Ids.NONE);
        }
        for (Future<?> future : futures) {
            future.cancel(false);
        }
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
    void beansCanBeInjectedByTheirDeclaredType() {
        ExecutorBeans.Injected injected = context.getBean(ExecutorBeans.Injected.class);
        assertThat(injected.concretePool().getCorePoolSize()).isEqualTo(2);
        assertThat(injected.extendedPool().name()).isEqualTo("extended");
        assertThat(injected.forkJoin().getParallelism()).isEqualTo(2);
        assertThat(injected.concreteScheduled().getCorePoolSize()).isEqualTo(1);
        assertThat(injected.poolTaskScheduler().getPoolSize()).isNotNegative();
        assertThat(injected.finalPool().getCorePoolSize()).isEqualTo(1);
    }

    @Test
    void springsOwnExecutorsStayWhatTheyAre() {
        assertThat(AopUtils.isAopProxy(context.getBean("poolTaskExecutor"))).isFalse();
        assertThat(AopUtils.isAopProxy(context.getBean("simpleAsync"))).isFalse();
        assertThat(AopUtils.isAopProxy(context.getBean("concurrentTaskExecutor"))).isFalse();
    }

    @Test
    void decoratorOfTheApplicationStillRuns() throws Exception {
        ThreadPoolTaskExecutor executor = context.getBean("decoratedTaskExecutor", ThreadPoolTaskExecutor.class);
        Future<?>[] future = new Future<?>[1];
        inRequest("r-1", () -> future[0] = executor.submit(() -> MDC.get("decorated")));
        assertThat(future[0].get()).isEqualTo("yes");
    }

    @Test
    void aProxyCanBeUnwrapped() {
        Object proxy = context.getBean("fixed");
        assertThat(AopUtils.isAopProxy(proxy)).isTrue();
        assertThat(AopProxyUtils.getSingletonTarget(proxy)).isExactlyInstanceOf(ThreadPoolExecutor.class);
    }

    @Test
    void aBeanThatIsAnotherBeanIsNotWrappedTwice() {
        assertThat(context.getBean("alias")).isSameAs(context.getBean("concretePool"));
    }

    @Test
    void excludedAndUnextendableBeansAreLeftAlone() throws Exception {
        for (String bean : List.of("excludedPool", "finalPool", "priorityPool")) {
            ExecutorService executor = context.getBean(bean, ExecutorService.class);
            assertThat(AopUtils.isAopProxy(executor)).as(bean).isFalse();
        }
        ExecutorContextPostProcessor postProcessor = context.getBean(ExecutorContextPostProcessor.class);
        assertThat(postProcessor.leftAlone()).containsExactly("finalPool", "priorityPool");
        assertThat(postProcessor.carried()).contains("fixed", "poolTaskScheduler", "poolTaskExecutor")
            .doesNotContain("excludedPool");
    }

    @Test
    void priorityQueueStillComparesTasks() throws Exception {
        ExecutorService executor = context.getBean("priorityPool", ExecutorService.class);
        CountDownLatch done = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            executor.execute(new Prioritized(i, done::countDown));
        }
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitingTaskCanBeRemovedAndIsHandedBackAsItWas() throws Exception {
        try (ConfigurableApplicationContext own = new SpringApplicationBuilder(OnePool.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off")
            .run()) {
            ThreadPoolExecutor pool = own.getBean(ThreadPoolExecutor.class);
            assertThat(AopUtils.isAopProxy(pool)).isTrue();
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch busy = new CountDownLatch(1);
            pool.execute(() -> {
                busy.countDown();
                await(end);
            });
            busy.await();
            Runnable first = () -> {
            };
            Runnable second = () -> {
            };
            pool.execute(first);
            pool.execute(second);
            assertThat(pool.getQueue()).hasSize(2);
            assertThat(pool.remove(first)).isTrue();
            assertThat(pool.remove(first)).isFalse();
            assertThat(pool.shutdownNow()).containsExactly(second);
            end.countDown();
            assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void poolIsShutDownWithTheContext() {
        ThreadPoolExecutor pool;
        try (ConfigurableApplicationContext own = new SpringApplicationBuilder(OnePool.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off")
            .run()) {
            pool = own.getBean(ThreadPoolExecutor.class);
            pool.execute(() -> {
            });
            assertThat(pool.isShutdown()).isFalse();
        }
        assertThat(pool.isShutdown()).isTrue();
    }

    @Test
    void metricsOfExecutorsBindTheTarget() throws Exception {
        MeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
        context.getBean("poolTaskScheduler", ThreadPoolTaskScheduler.class).submit(() -> {
        }).get();
        for (String name : List.of("poolTaskExecutor", "poolTaskScheduler")) {
            assertThat(registry.find("executor.pool.max").tag("name", name).gauge()).as(name).isNotNull();
        }
        assertThat(registry.get("executor.pool.core").tag("name", "poolTaskScheduler").gauge().value()).isEqualTo(1);
        assertThat(registry.get("executor.completed").tag("name", "poolTaskScheduler").functionCounter().count())
            .isPositive();
    }

    @Test
    void switchedOffLeavesEveryBeanAsItIs() {
        try (ConfigurableApplicationContext own = new SpringApplicationBuilder(OnePool.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off", "observability.context.executors.enabled=false")
            .run()) {
            assertThat(AopUtils.isAopProxy(own.getBean(ThreadPoolExecutor.class))).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static Ids inRequest(String requestId, Action action) throws Exception {
        MDC.put("request_id", requestId);
        Ids[] ids = new Ids[1];
        Observation.createNotStarted("caller", observations).observeChecked(() -> {
            ids[0] = Ids.now();
            action.run();
            assertThat(Ids.now()).isEqualTo(ids[0]);
        });
        MDC.remove("request_id");
        assertThat(ids[0].traceId()).hasSize(32);
        assertThat(ids[0].requestId()).isEqualTo(requestId);
        return ids[0];
    }

    private interface Action {

        void run() throws Exception;

    }

    private record Ids(String traceId, String mdcTraceId, String requestId) {

        private static final Ids NONE = new Ids(null, null, null);

        static Ids now() {
            Tracer tracer = context.getBean(Tracer.class);
            String traceId = (tracer.currentSpan() != null) ? tracer.currentSpan().context().traceId() : null;
            return new Ids(traceId, MDC.get("trace_id"), MDC.get("request_id"));
        }

    }

    record Prioritized(int priority, Runnable task) implements Runnable, Comparable<Prioritized> {

        @Override
        public void run() {
            this.task.run();
        }

        @Override
        public int compareTo(Prioritized other) {
            return Integer.compare(this.priority, other.priority);
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OnePool {

        @Bean
        ThreadPoolExecutor pool() {
            return new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    static class SchedulerOfSpringBoot {

        @Bean
        SimpleMeterRegistry simpleMeterRegistry() {
            return new SimpleMeterRegistry();
        }

    }

}
