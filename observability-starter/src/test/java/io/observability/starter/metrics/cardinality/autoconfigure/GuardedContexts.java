package io.observability.starter.metrics.cardinality.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Contexts with a guard on their registries, and orders of more users than it keeps.
 */
final class GuardedContexts {

    static final Duration SOON = Duration.ofSeconds(10);

    private GuardedContexts() {
    }

    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CardinalityAutoConfiguration.class,
                    io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration.class,
                    MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
                    PrometheusMetricsExportAutoConfiguration.class, JvmMetricsAutoConfiguration.class,
                    ObservationAutoConfiguration.class, HttpClientMetricsAutoConfiguration.class));
    }

    static void flood(MeterRegistry registry, int values) {
        for (int i = 0; i < values; i++) {
            registry.counter("orders", "user", "user-" + i).increment();
        }
    }

}
