package io.observability.starter.context.autoconfigure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A context with every kind of executor bean and a real tracer, which leaves nothing on
 * the threads of its callers.
 */
abstract class ExecutorContexts {

    static ConfigurableApplicationContext context;

    static ObservationRegistry observations;

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

    static Ids inRequest(String requestId, Action action) throws Exception {
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

    interface Action {

        void run() throws Exception;

    }

    record Ids(String traceId, String mdcTraceId, String requestId) {

        static final Ids NONE = new Ids(null, null, null);

        static Ids now() {
            Tracer tracer = context.getBean(Tracer.class);
            String traceId = (tracer.currentSpan() != null) ? tracer.currentSpan().context().traceId() : null;
            return new Ids(traceId, MDC.get("trace_id"), MDC.get("request_id"));
        }

    }

}
