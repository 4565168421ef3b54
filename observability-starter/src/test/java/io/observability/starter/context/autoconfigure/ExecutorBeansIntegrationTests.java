package io.observability.starter.context.autoconfigure;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An executor bean that carries trace and request id is still the bean that it was.
 */
class ExecutorBeansIntegrationTests extends ExecutorContexts {

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
        // A pool counts a task after whoever waits for it goes on.
        Awaitility.await()
            .untilAsserted(() -> assertThat(
                    registry.get("executor.completed").tag("name", "poolTaskScheduler").functionCounter().count())
                .isPositive());
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

}
