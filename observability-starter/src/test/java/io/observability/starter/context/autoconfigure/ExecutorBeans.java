package io.observability.starter.context.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * An application with every kind of executor bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ExecutorBeans {

    @Bean
    SimpleMeterRegistry simpleMeterRegistry() {
        return new SimpleMeterRegistry();
    }

    @Bean
    Injected injected(ThreadPoolExecutor concretePool, ExtendedPool extendedPool, ForkJoinPool forkJoin,
            ScheduledThreadPoolExecutor concreteScheduled, ThreadPoolTaskScheduler poolTaskScheduler,
            FinalPool finalPool) {
        return new Injected(concretePool, extendedPool, forkJoin, concreteScheduled, poolTaskScheduler, finalPool);
    }

    @Bean
    ExecutorService fixed() {
        return Executors.newFixedThreadPool(1);
    }

    @Bean
    ExecutorService single() {
        return Executors.newSingleThreadExecutor();
    }

    @Bean
    ThreadPoolExecutor concretePool() {
        return new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    }

    @Bean
    Executor alias(ThreadPoolExecutor concretePool) {
        return concretePool;
    }

    @Bean
    ExtendedPool extendedPool() {
        return new ExtendedPool();
    }

    @Bean
    FinalPool finalPool() {
        return new FinalPool();
    }

    @Bean
    ThreadPoolExecutor excludedPool() {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    }

    @Bean
    ExecutorService priorityPool() {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>());
    }

    @Bean
    ScheduledExecutorService scheduled() {
        return Executors.newSingleThreadScheduledExecutor();
    }

    @Bean
    ScheduledThreadPoolExecutor concreteScheduled() {
        return new ScheduledThreadPoolExecutor(1);
    }

    @Bean
    ForkJoinPool forkJoin() {
        return new ForkJoinPool(2);
    }

    @Bean
    ThreadPoolTaskExecutor poolTaskExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(1);
        return executor;
    }

    @Bean
    ThreadPoolTaskExecutor decoratedTaskExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(1);
        TaskDecorator decorator = (task) -> () -> {
            MDC.put("decorated", "yes");
            try {
                task.run();
            }
            finally {
                MDC.remove("decorated");
            }
        };
        executor.setTaskDecorator(decorator);
        return executor;
    }

    @Bean
    SimpleAsyncTaskExecutor simpleAsync() {
        return new SimpleAsyncTaskExecutor();
    }

    @Bean
    ConcurrentTaskExecutor concurrentTaskExecutor() {
        return new ConcurrentTaskExecutor(Executors.newSingleThreadExecutor());
    }

    @Bean
    ThreadPoolTaskScheduler poolTaskScheduler() {
        return new ThreadPoolTaskScheduler();
    }

    @Bean
    Executor plain() {
        return (task) -> new Thread(task).start();
    }

    @Bean
    ExecutorService virtual() throws Exception {
        if (Runtime.version().feature() < 21) {
            return Executors.newCachedThreadPool();
        }
        return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    record Injected(ThreadPoolExecutor concretePool, ExtendedPool extendedPool, ForkJoinPool forkJoin,
            ScheduledThreadPoolExecutor concreteScheduled, ThreadPoolTaskScheduler poolTaskScheduler,
            FinalPool finalPool) {
    }

    static class ExtendedPool extends ThreadPoolExecutor {

        ExtendedPool() {
            super(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        }

        String name() {
            return "extended";
        }

    }

    static final class FinalPool extends ThreadPoolExecutor {

        FinalPool() {
            super(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        }

    }

}
