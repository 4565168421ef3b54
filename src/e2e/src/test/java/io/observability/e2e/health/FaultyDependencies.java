package io.observability.e2e.health;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service with a dependency that is fine, and on demand with one that hangs for ever,
 * one that fails and one that takes its time. It knows nothing of the starter.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FaultyDependencies.Page.class)
public class FaultyDependencies {

    /** Milliseconds that the slow dependency takes. */
    public static final long SLOW_MILLIS = 1500;

    public static void main(String[] args) {
        SpringApplication.run(FaultyDependencies.class, args);
    }

    @Bean
    HealthIndicator fineHealthIndicator() {
        return Health.up()::build;
    }

    @Bean
    @ConditionalOnBooleanProperty("faults.hanging")
    HealthIndicator hangingHealthIndicator() {
        return () -> {
            // Deaf to interrupts, as a read from a socket is.
            CountDownLatch never = new CountDownLatch(1);
            while (never.getCount() > 0) {
                try {
                    never.await();
                }
                catch (InterruptedException ex) {
                    // Deaf.
                }
            }
            return Health.up().build();
        };
    }

    @Bean
    @ConditionalOnBooleanProperty("faults.failing")
    HealthIndicator failingHealthIndicator() {
        return () -> {
            throw new IllegalStateException("connection refused");
        };
    }

    @Bean
    @ConditionalOnBooleanProperty("faults.slow")
    HealthIndicator slowHealthIndicator() {
        return () -> {
            try {
                TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return Health.up().build();
        };
    }

    /**
     * What the service is for.
     */
    @RestController
    static class Page {

        @GetMapping("/page")
        String page() {
            return "page";
        }

    }

}
