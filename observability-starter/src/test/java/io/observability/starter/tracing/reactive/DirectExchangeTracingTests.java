package io.observability.starter.tracing.reactive;

import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.tracing.ServerSpanHandler;
import io.observability.starter.tracing.TraceContextPropagator;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The direct engine on WebFlux with the SDK of OpenTelemetry.
 */
class DirectExchangeTracingTests {

    private static final UntracedPaths UNTRACED = new UntracedPaths((path) -> false, List.of("/quiet"), List.of());

    private static final TraceContextPropagator PROPAGATOR = new TraceContextPropagator(TextMapPropagator.noop(), true);

    private static final WebHandler ANSWER = (exchange) -> exchange.getResponse().setComplete();

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    private final Counted times = new Counted();

    private int withSpan;

    @BeforeEach
    void withoutPropagation() {
        Hooks.disableAutomaticContextPropagation();
    }

    @AfterEach
    void asTheStarterSetsIt() {
        Hooks.enableAutomaticContextPropagation();
    }

    @Test
    void whatIsObservedWithinIsTheRequestsChildWhereTheContextIsCarriedByHand() {
        Tracer tracer = tracer(Sampler.alwaysOn());
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig()
            .observationHandler(new DefaultTracingObservationHandler(
                    new OtelTracer(tracer, new OtelCurrentTraceContext(), (event) -> {
                    })));
        ask(tracer, "/orders/1", (exchange) -> Mono.deferContextual((context) -> {
            Observation request = context.get(ObservationThreadLocalAccessor.KEY);
            Observation.createNotStarted("child", observations).parentObservation(request).observe(() -> {
            });
            try (Observation.Scope scope = request.openScope()) {
                assertThat(observations.getCurrentObservation()).isSameAs(request);
                Observation.createNotStarted("scoped", observations).observe(() -> {
                });
            }
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
            return ANSWER.handle(exchange);
        }));
        List<SpanData> spans = this.exporter.getFinishedSpanItems();
        assertThat(spans).extracting(SpanData::getName).containsExactly("child", "scoped", "GET");
        assertThat(spans.subList(0, 2)).extracting(SpanData::getParentSpanId).containsOnly(spans.get(2).getSpanId());
        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(this.withSpan).isEqualTo(1);
    }

    @Test
    void requestThatIsLeftOutLeavesNothing() {
        MockServerHttpResponse response = ask(tracer(Sampler.alwaysOn()), "/quiet/1", ANSWER);
        assertThat(response.getHeaders().headerNames()).isEmpty();
        assertThat(this.exporter.getFinishedSpanItems()).isEmpty();
        assertThat(this.times.begun + this.withSpan).isZero();
    }

    @Test
    void tracingThatFailsDoesNotCostTheRequest() {
        MockServerHttpResponse response = ask((name) -> {
            throw new IllegalStateException("broken");
        }, "/orders/1", ANSWER);
        assertThat(response.isCommitted()).isTrue();
    }

    @Test
    void measuringThatFailsCostsNeitherTheRequestNorItsSpan() {
        this.times.broken = true;
        MockServerHttpResponse response = ask(tracer(Sampler.alwaysOn()), "/orders/1", ANSWER);
        assertThat(response.isCommitted()).isTrue();
        assertThat(this.exporter.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void requestThatFailsTwiceEndsOnce() {
        ask(tracer(Sampler.alwaysOn()), "/orders/1", (exchange) -> Mono.error(new IllegalStateException("failed")));
        assertThat(this.times.begun).isEqualTo(1);
        assertThat(this.times.codes).isEqualTo("500 ");
    }

    /**
     * Above what the same exchange costs unobserved, the two headers of the answer
     * included, which a mock keeps in some 550 bytes. With Spring's observation, the
     * starter's handler of spans and nothing else: about 3,000 and 3,900.
     */
    @ParameterizedTest
    @CsvSource({ "false, 1500, 2500", "true, 2150, 3300" })
    void oneExchangeAllocatesSoMuch(boolean sampled, long budget, long observation) {
        Tracer tracer = SdkTracerProvider.builder()
            .setSampler(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff())
            .build()
            .get("test");
        long bare = bytes(WebHttpHandlerBuilder.webHandler(ANSWER).build());
        long observed = bytes(observed(tracer)) - bare;
        assertThat(bytes(direct(tracer, ANSWER)) - bare).isBetween(1L, budget);
        assertThat(observed).isGreaterThan(observation);
    }

    private static long bytes(HttpHandler handler) {
        MockServerHttpRequest request = MockServerHttpRequest.get("http://localhost/orders/1").build();
        return AllocatedBytes.perRun(() -> handler.handle(request, new MockServerHttpResponse()).subscribe());
    }

    private MockServerHttpResponse ask(Tracer tracer, String path, WebHandler answer) {
        MockServerHttpResponse response = new MockServerHttpResponse();
        direct(tracer, answer).handle(MockServerHttpRequest.get("http://localhost" + path).build(), response).block();
        return response;
    }

    private HttpHandler direct(Tracer tracer, WebHandler answer) {
        WebHttpHandlerBuilder builder = WebHttpHandlerBuilder.webHandler(answer);
        new DirectExchangeTracing(tracer, PROPAGATOR, UNTRACED, new TraceResponse("X-Trace-Id")).trace(builder,
                this.times, (hasSpan) -> this.withSpan += hasSpan ? 1 : 0);
        return builder.build();
    }

    private static HttpHandler observed(Tracer tracer) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
            .observationPredicate(new ReactiveRequestPaths(UNTRACED))
            .observationHandler(
                    new ServerSpanHandler<>(new OtelTracer(tracer, new OtelCurrentTraceContext(), (event) -> {
                    }), new OtelPropagator(ContextPropagators.create(PROPAGATOR), tracer),
                            new ReactiveRequestReader()));
        return WebHttpHandlerBuilder.webHandler(ANSWER)
            .filter(new TracedWebFilter(UNTRACED, new TraceResponse("X-Trace-Id")))
            .observationRegistry(registry)
            .observationConvention(new SemanticRequestConvention("http.server.requests"))
            .build();
    }

    private Tracer tracer(Sampler sampler) {
        return SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(this.exporter))
            .build()
            .get("test");
    }

    private static final class Counted implements RequestTimes {

        private int begun;

        private String codes = "";

        private boolean broken;

        @Override
        public long begin(@Nullable String method, boolean secure) {
            this.begun++;
            return 0;
        }

        @Override
        public void end(long start, @Nullable String method, boolean secure, String route, int code,
                @Nullable Throwable error) {
            if (this.broken) {
                throw new IllegalStateException("broken");
            }
            // Allocates for what is no success alone.
            if (code != 200) {
                this.codes += code + " ";
            }
        }

    }

}
