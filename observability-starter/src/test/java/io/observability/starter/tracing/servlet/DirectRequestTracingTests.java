package io.observability.starter.tracing.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.context.CarriedTasks;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.servlet.DirectRequestFilter;
import io.observability.starter.tracing.RequestObservationRegistry;
import io.observability.starter.tracing.SpanScopes;
import io.observability.starter.tracing.TraceContextPropagator;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The direct engine's filter with the SDK of OpenTelemetry.
 */
class DirectRequestTracingTests {

    private static final RequestObservationRegistry OBSERVATIONS = new RequestObservationRegistry();

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @Test
    void whatIsObservedWithinIsTheRequestsChild() {
        Tracer tracer = tracer(Sampler.alwaysOn());
        ObservationRegistry observations = new RequestObservationRegistry();
        observations.observationConfig()
            .observationHandler(new DefaultTracingObservationHandler(
                    new OtelTracer(tracer, new OtelCurrentTraceContext(), (event) -> {
                    })));
        run(filter(tracer), (request, response) -> {
            Observation current = observations.getCurrentObservation();
            assertThat(current).isNotNull();
            current.lowCardinalityKeyValue("tier", "gold")
                .highCardinalityKeyValue("order", "4711")
                .event(Observation.Event.of("packed"));
            Observation.createNotStarted("child", observations).observe(() -> {
            });
        });
        assertThat(observations.getCurrentObservation()).isNull();
        List<SpanData> spans = this.exporter.getFinishedSpanItems();
        assertThat(spans).hasSize(2);
        SpanData server = spans.get(1);
        assertThat(spans.get(0).getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(server.getName()).isEqualTo("GET");
        assertThat(server.getAttributes().asMap().toString()).contains("tier=gold", "order=4711");
        assertThat(server.getEvents()).extracting(EventData::getName).containsExactly("packed");
        assertThat(io.opentelemetry.context.Context.current()).isSameAs(io.opentelemetry.context.Context.root());
    }

    @Test
    void whoAsksWithinAnInnerSpanLeavesItCurrent() {
        Tracer tracer = tracer(Sampler.alwaysOn());
        run(filter(tracer), (request, response) -> {
            Span server = Span.current();
            Span inner = tracer.spanBuilder("inner").startSpan();
            try (io.opentelemetry.context.Scope scope = inner.makeCurrent()) {
                assertThat(OBSERVATIONS.getCurrentObservation()).isNotNull();
                assertThat(Span.current()).isSameAs(inner);
            }
            assertThat(Span.current()).isSameAs(server);
            assertThat(OBSERVATIONS.getCurrentObservation()).isNotNull();
        });
        assertThat(OBSERVATIONS.getCurrentObservation()).isNull();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void theObservationIsTheSameForAllWhoAsk() throws Exception {
        Tracer tracer = tracer(Sampler.alwaysOn());
        List<Observation> seen = new CopyOnWriteArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try (RequestObservationRegistry registry = new RequestObservationRegistry().carry()) {
            run(filter(tracer), (request, response) -> {
                Span server = Span.current();
                List<Callable<Void>> asking = Collections.nCopies(8, () -> {
                    seen.add(Objects.requireNonNull(registry.getCurrentObservation()));
                    assertThat(Span.current()).isSameAs(server);
                    return null;
                });
                try {
                    for (Future<Void> done : executor.invokeAll(CarriedTasks.carryAll(asking))) {
                        done.get(10, TimeUnit.SECONDS);
                    }
                }
                catch (InterruptedException | ExecutionException | TimeoutException ex) {
                    throw new IllegalStateException(ex);
                }
                seen.add(Objects.requireNonNull(registry.getCurrentObservation()));
            });
        }
        finally {
            executor.shutdownNow();
        }
        assertThat(seen).hasSize(9).containsOnly(seen.get(0));
    }

    @Test
    void scopesThatAreLeftAtOnceTakeTheWaitingObservationAlong() {
        run(filter(tracer(Sampler.alwaysOn())), (request, response) -> {
            OBSERVATIONS.setCurrentObservationScope(null);
            assertThat(OBSERVATIONS.getCurrentObservation()).isNull();
            assertThat(Span.current().getSpanContext().isValid()).isTrue();
        });
        assertThat(this.exporter.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void withinAnotherObservationTheRequestsIsOpenedAtOnce() {
        Tracer tracer = tracer(Sampler.alwaysOn());
        ObservationRegistry others = ObservationRegistry.create();
        others.observationConfig().observationHandler(new SpanScopes());
        Observation outer = Observation.start("outer", others);
        try (Observation.Scope scope = outer.openScope()) {
            run(filter(tracer), (request, response) -> assertThat(OBSERVATIONS.getCurrentObservation()).isNotNull()
                .isNotSameAs(outer));
            assertThat(OBSERVATIONS.getCurrentObservation()).isSameAs(outer);
        }
    }

    @ParameterizedTest
    @CsvSource({ "false, 1400", "true, 2100" })
    void oneRequestAllocatesSoMuch(boolean sampled, long budget) {
        DirectRequestFilter filter = filter(SdkTracerProvider.builder()
            .setSampler(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff())
            .build()
            .get("test"));
        FilterChain chain = (request, response) -> {
        };
        LeanRequest request = new LeanRequest();
        LeanResponse response = new LeanResponse();
        assertThat(AllocatedBytes.perRun(() -> {
            request.startAgain();
            pass(filter, request, response, chain);
        })).isLessThanOrEqualTo(budget);
    }

    private static void pass(DirectRequestFilter filter, ServletRequest request, ServletResponse response,
            FilterChain chain) {
        try {
            filter.doFilter(request, response, chain);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (ServletException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void run(DirectRequestFilter filter, FilterChain chain) {
        pass(filter, new MockHttpServletRequest("GET", "/orders/1"), new MockHttpServletResponse(), chain);
    }

    private Tracer tracer(Sampler sampler) {
        return SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(this.exporter))
            .build()
            .get("test");
    }

    private static DirectRequestFilter filter(Tracer tracer) {
        DirectRequestTracing tracing = new DirectRequestTracing(tracer,
                new TraceContextPropagator(TextMapPropagator.noop(), true),
                new UntracedPaths((path) -> false, List.of(), List.of()), new TraceResponse("X-Trace-Id"),
                OBSERVATIONS);
        return new DirectRequestFilter(tracing, new NoTimes(),
                new IncomingContext("X-Request-Id", true, true, HeaderTags.NONE), (hasSpan) -> {
                });
    }

    /**
     * Keeps its attributes without allocating for them, and has no header.
     */
    private static final class LeanRequest extends HttpServletRequestWrapper {

        private final String[] names = new String[8];

        private final Object[] values = new Object[8];

        private int size;

        LeanRequest() {
            super(new MockHttpServletRequest("GET", "/orders/1"));
        }

        void startAgain() {
            this.size = 0;
        }

        @Override
        public Object getAttribute(String name) {
            for (int i = 0; i < this.size; i++) {
                if (this.names[i].equals(name)) {
                    return this.values[i];
                }
            }
            return null;
        }

        @Override
        public void setAttribute(String name, Object value) {
            this.names[this.size] = name;
            this.values[this.size++] = value;
        }

        @Override
        public String getHeader(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }

    }

    /**
     * Takes no headers.
     */
    private static final class LeanResponse extends HttpServletResponseWrapper {

        LeanResponse() {
            super(new MockHttpServletResponse());
        }

        @Override
        public void setHeader(String name, String value) {
        }

    }

    private static final class NoTimes implements RequestTimes {

        @Override
        public long begin(@Nullable String method, boolean secure) {
            return 0;
        }

        @Override
        public void end(long start, @Nullable String method, boolean secure, String route, int code,
                @Nullable Throwable error) {
        }

    }

}
