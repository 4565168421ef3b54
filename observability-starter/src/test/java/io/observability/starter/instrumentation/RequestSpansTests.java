package io.observability.starter.instrumentation;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.pipeline.Completeness;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RequestSpans}.
 */
class RequestSpansTests {

    private final RequestSpans spans = new RequestSpans();

    @Test
    void unsampledSpanIsASpanAndNoneIsNone() {
        this.spans.count(context(Sampler.alwaysOn()));
        this.spans.count(context(Sampler.alwaysOff()));
        this.spans.count(new Observation.Context());
        this.spans.count(null);
        this.spans.count(withSpanOf(OpenTelemetry.noop().getTracer("none")));
        assertThat(this.spans.completeness())
            .containsExactly(new Completeness(Completeness.Aspect.REQUEST_SPAN, "", 5, 2));
    }

    @Test
    void countingAllocatesNothing() {
        Observation.Context context = context(Sampler.alwaysOn());
        assertThat(AllocatedBytes.perRun(() -> {
            this.spans.count(context);
            this.spans.count(null);
        })).isZero();
    }

    private static Observation.Context context(Sampler sampler) {
        return withSpanOf(SdkTracerProvider.builder().setSampler(sampler).build().get("test"));
    }

    private static Observation.Context withSpanOf(io.opentelemetry.api.trace.Tracer tracer) {
        Observation.Context context = new Observation.Context();
        TracingContext tracing = new TracingContext();
        tracing.setSpan(new OtelTracer(tracer, new OtelCurrentTraceContext(), (event) -> {
        }).nextSpan().start());
        context.put(TracingContext.class, tracing);
        return context;
    }

}
