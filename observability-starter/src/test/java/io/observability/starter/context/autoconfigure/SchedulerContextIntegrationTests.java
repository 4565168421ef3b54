package io.observability.starter.context.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A task that is scheduled once carries trace and request id, a repeated one does not.
 */
class SchedulerContextIntegrationTests extends ExecutorContexts {

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
