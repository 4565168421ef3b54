package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tracing of a service that serves nothing.
 */
class NoWebTracingIntegrationTests {

    @Test
    void startsAndPutsTheIdsIntoTheLogContext() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Service.class)
            .web(WebApplicationType.NONE)
            .run()) {
            Tracer tracer = context.getBean(Tracer.class);
            Observation.createNotStarted("work", context.getBean(ObservationRegistry.class))
                .observe(() -> assertThat(MDC.getCopyOfContextMap()).containsKeys("trace_id", "span_id")
                    .containsEntry("trace_id", tracer.currentSpan().context().traceId()));
            assertThat(MDC.get("trace_id")).isNull();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

    }

}
