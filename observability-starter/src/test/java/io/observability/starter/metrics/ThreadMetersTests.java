package io.observability.starter.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.pipeline.MeterPass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadMetersTests {

    @Test
    void areThoseOfMicrometer() {
        MeterRegistry own = new SimpleMeterRegistry();
        MeterRegistry micrometers = new SimpleMeterRegistry();
        new ThreadMeters(null).bindTo(own);
        new JvmThreadMetrics().bindTo(micrometers);
        assertThat(own.getMeters()).extracting(ThreadMetersTests::words)
            .containsExactlyInAnyOrderElementsOf(
                    micrometers.getMeters().stream().map(ThreadMetersTests::words).toList());
    }

    @Test
    void theStatesOfOnePassAddUpToItsThreads() {
        MeterRegistry registry = new SimpleMeterRegistry();
        new ThreadMeters(null).bindTo(registry);
        try (MeterPass pass = MeterPass.begin()) {
            double runnable = registry.get("jvm.threads.states").tag("state", "runnable").gauge().value();
            assertThat(runnable).isPositive();
            Thread late = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            });
            late.start();
            assertThat(registry.get("jvm.threads.states").tag("state", "runnable").gauge().value()).isEqualTo(runnable);
            late.interrupt();
        }
        double all = registry.get("jvm.threads.states").gauges().stream().mapToDouble((gauge) -> gauge.value()).sum();
        assertThat(all).isPositive();
    }

    private static String words(Meter meter) {
        return meter.getId() + " " + meter.getId().getType() + " " + meter.getId().getBaseUnit() + " "
                + meter.getId().getDescription();
    }

}
