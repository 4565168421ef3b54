package io.observability.starter.request.reactive;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.observability.starter.instrumentation.RequestSpans;
import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.pipeline.Completeness;
import io.observability.starter.request.EngineTraces;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.request.RequestEngine;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request to WebFlux that ends in any way leaves the same metric, span, line and ids
 * behind, whichever engine observes it.
 */
class ReactiveEngineMatrixIntegrationTests {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final Map<HttpEngine, ConfigurableApplicationContext> SERVICES = new EnumMap<>(HttpEngine.class);

    @AutoClose
    private final AccessLines lines = AccessLines.attach();

    @BeforeAll
    static void start() {
        for (HttpEngine engine : List.of(HttpEngine.DIRECT, HttpEngine.OBSERVATION)) {
            SERVICES.put(engine, ReactiveEndings.start("observability.http.engine=" + engine));
        }
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET /products/7", "HEAD /products/7", "OPTIONS /products/7", "BREW /products/7",
            "DELETE /products/7", "GET /functional/7", "GET /functional-fail", "GET /empty", "GET /elsewhere",
            "GET /nowhere", "GET /conflict", "GET /fail", "GET /fail-thrown", "GET /fail-later", "GET /fail-begun",
            "GET /later", "GET /timeout", "GET /stream", "GET /events", "GET /secret" })
    void eachEndingLeavesTheSameBehind(String request) {
        Map<String, Object> direct = traces(HttpEngine.DIRECT, request);
        Map<String, Object> observed = traces(HttpEngine.OBSERVATION, request);
        assertThat(direct).isEqualTo(observed);
        assertThat(direct.get("series").toString()).matches("\\{.* code=\\d{3}=1\\.0\\}");
    }

    @ParameterizedTest
    @EnumSource(names = { "DIRECT", "OBSERVATION" })
    void clientThatWentAwayIsCounted(HttpEngine engine) throws IOException {
        int before = ReactiveEndings.WAITING.get();
        assertThat(traced(engine).goneFrom("/never", 0, () -> ReactiveEndings.WAITING.get() > before))
            .containsExactly(Map.entry("method=GET route=/never code=499", 1.0));
    }

    /**
     * Netty ends what it can't write any more as if it had been written; the engines have
     * to agree.
     */
    @Test
    void clientThatWentAwayFromAnAnswerIsCountedTheSame() throws IOException {
        assertThat(traced(HttpEngine.DIRECT).goneFrom("/endless", 1000, () -> true))
            .isEqualTo(traced(HttpEngine.OBSERVATION).goneFrom("/endless", 1000, () -> true))
            .containsOnlyKeys("method=GET route=/endless code=200");
    }

    @ParameterizedTest
    @CsvSource({ "DIRECT, auto", "DIRECT, limited", "OBSERVATION, auto", "OBSERVATION, limited" })
    void whatIsObservedWithinIsTheRequestsChild(HttpEngine engine, String propagation) {
        if (propagation.equals("auto")) {
            Hooks.enableAutomaticContextPropagation();
        }
        else {
            Hooks.disableAutomaticContextPropagation();
        }
        try {
            EngineTraces traced = traced(engine);
            String id = "within-" + engine + "-" + propagation;
            String answer = traced.send("GET /observed", id, "traceparent: 00-" + TRACE_ID + "-00f067aa0ba902b7-01");
            String trace = this.lines.only(id).mdc().get("trace_id");
            assertThat(trace).isEqualTo(TRACE_ID);
            SpanData server = traced.serverSpan(trace);
            assertThat(traced.spans(trace)).filteredOn((span) -> span.getName().equals("inner"))
                .singleElement()
                .extracting(SpanData::getParentSpanId)
                .isEqualTo(server.getSpanId());
            assertThat(server.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(server.getAttributes().asMap().toString()).contains("order=4711");
            assertThat(server.getEvents()).extracting(EventData::getName).containsExactly("packed");
            assertThat(answer).endsWith(propagation.equals("auto") ? server.getSpanId() : "null");
            traced.service().getBean(InMemorySpanExporter.class).reset();
        }
        finally {
            Hooks.enableAutomaticContextPropagation();
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "DIRECT", "OBSERVATION" })
    void whatIsObservedWithinARequestThatIsLeftOutIsLeftOut(HttpEngine engine) {
        EngineTraces traced = traced(engine);
        assertThat(traced.send("GET /quiet", "quiet-" + engine)).contains("X-Request-Id: quiet-" + engine)
            .doesNotContain("traceresponse")
            .endsWith("null");
        traced.send("GET /products/1", "after-" + engine);
        traced.serverSpan(this.lines.only("after-" + engine).mdc().get("trace_id"));
        assertThat(traced.service().getBean(InMemorySpanExporter.class).getFinishedSpanItems())
            .extracting(SpanData::getName)
            .doesNotContain("quiet", "GET /quiet");
    }

    @ParameterizedTest
    @EnumSource(names = { "DIRECT", "OBSERVATION" })
    void requestThatIsObservedCountsAsOneWithASpan(HttpEngine engine) {
        EngineTraces traced = traced(engine);
        RequestSpans spans = traced.service().getBean(RequestSpans.class);
        Completeness before = spans.completeness().get(0);
        traced.send("GET /quiet", "quiet-counted-" + engine);
        traced.send("GET /products/1", "counted-" + engine);
        this.lines.only("counted-" + engine);
        Completeness after = spans.completeness().get(0);
        assertThat(after.expected() - before.expected()).isEqualTo(1);
        assertThat(after.complete() - before.complete()).isEqualTo(1);
    }

    @Test
    void engineIsWhatWasAskedFor() {
        SERVICES
            .forEach((engine, service) -> assertThat(service.getBean(RequestEngine.class).engine()).isEqualTo(engine));
    }

    private Map<String, Object> traces(HttpEngine engine, String request) {
        return traced(engine).of(request, "matrix-" + engine + "-" + Math.abs(request.hashCode()), this.lines);
    }

    private static EngineTraces traced(HttpEngine engine) {
        ConfigurableApplicationContext service = Objects.requireNonNull(SERVICES.get(engine));
        return new EngineTraces(service, ReactiveEndings.port(service));
    }

}
