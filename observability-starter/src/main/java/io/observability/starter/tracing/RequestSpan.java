package io.observability.starter.tracing;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.observability.starter.context.ContextField;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The span of an observed request, also after its observation was stopped.
 *
 * @since 0.1.0
 */
public final class RequestSpan {

    private RequestSpan() {
    }

    /**
     * Ids of a request's trace under their names in the log.
     * @param context the context of the request's observation, if it is observed
     * @return the ids; none if the request has no span. The map is the caller's
     */
    public static Map<String, String> ids(Observation.@Nullable ContextView context) {
        Map<String, String> ids = new HashMap<>();
        SpanContext span = find(context);
        if (span != null) {
            ids.put(ContextField.TRACE_ID.key(), span.getTraceId());
            ids.put(ContextField.SPAN_ID.key(), span.getSpanId());
        }
        return ids;
    }

    /**
     * Current context with a request's span in it, for what a container does for the
     * request after its end, such as an error page.
     * @param context the context of the request's observation, if it is observed
     * @return the current context, with the request's span if it has one
     */
    public static Context current(Observation.@Nullable ContextView context) {
        Span span = span(context);
        Context current = Context.current();
        return (span != null) ? current.with(OtelSpan.toOtel(span)) : current;
    }

    static @Nullable SpanContext find(Observation.@Nullable ContextView context) {
        Span span = span(context);
        SpanContext found = (span != null) ? OtelSpan.toOtel(span).getSpanContext() : null;
        return (found != null && found.isValid()) ? found : null;
    }

    private static @Nullable Span span(Observation.@Nullable ContextView context) {
        TracingContext tracing = (context != null) ? context.get(TracingContext.class) : null;
        return (tracing != null) ? tracing.getSpan() : null;
    }

}
