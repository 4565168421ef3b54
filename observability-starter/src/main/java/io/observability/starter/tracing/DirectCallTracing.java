package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelTraceContext;
import io.observability.starter.call.CallHeaders;
import io.observability.starter.call.CallTrace;
import io.observability.starter.call.CallTracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

/**
 * Traces calls by OpenTelemetry alone. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectCallTracing implements CallTracing {

    private static final TextMapSetter<CallHeaders> SETTER = (headers, name, value) -> {
        if (headers != null) {
            headers.set(name, value);
        }
    };

    private final Tracer tracer;

    private final TextMapPropagator propagator;

    /**
     * Create the tracing.
     * @param tracer what makes spans, and has them sampled
     * @param propagator what writes the ids and the baggage
     */
    public DirectCallTracing(Tracer tracer, TextMapPropagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    @Override
    public CallTrace begin(Observation.Context context, @Nullable String method, CallHeaders headers) {
        Context parent = parent(context);
        Span span = this.tracer.spanBuilder(ClientSpanDescription.name(method, null))
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .startSpan();
        Context current = parent.with(span);
        this.propagator.inject(current, headers, SETTER);
        return new DirectCallTrace(span, current);
    }

    @Override
    public CallTrace.Scope leave() {
        return new DirectCallTrace.Current(Context.root());
    }

    // As Micrometer has it: what is current lies within the observation that is the
    // parent, or is its span. A reactive client may know the observation alone.
    private static Context parent(Observation.Context context) {
        Context current = Context.current();
        if (Span.fromContext(current).getSpanContext().isValid()) {
            return current;
        }
        Context known = known(context.getParentObservation());
        return (known != null) ? known : current;
    }

    private static @Nullable Context known(@Nullable ObservationView parent) {
        TracingContext tracing = (parent != null) ? parent.getContextView().get(TracingContext.class) : null;
        io.micrometer.tracing.Span span = (tracing != null) ? tracing.getSpan() : null;
        return (span != null) ? OtelTraceContext.toOtelContext(span.context()) : null;
    }

}
