package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * What a response tells its caller of the trace: the trace id in a header of its own, and
 * the {@code traceresponse} of W3C Trace Context. Immutable.
 *
 * @param header name of the header that carries the trace id alone
 * @since 0.1.0
 * @see <a href="https://w3c.github.io/trace-context/#traceresponse-header">W3C Trace
 * Context, editor's draft</a>
 */
public record TraceResponse(String header) {

    /** Name of the header that W3C Trace Context defines. */
    public static final String TRACE_RESPONSE = "traceresponse";

    /**
     * Find the ids of an observed request.
     * @param context the observation's context
     * @return the ids, or {@code null} if the request has no span
     */
    public static @Nullable TraceContext find(Observation.ContextView context) {
        Span span = span(context);
        return (span != null) ? span.context() : null;
    }

    /**
     * Tell the caller.
     * @param context the context of the request's observation
     * @param headers takes the headers
     */
    public void write(Observation.ContextView context, Headers headers) {
        Span span = span(context);
        SpanContext ids = (span != null) ? OtelSpan.toOtel(span).getSpanContext() : null;
        if (ids != null && ids.isValid()) {
            headers.set(this.header, ids.getTraceId());
            headers.set(TRACE_RESPONSE,
                    "00-" + ids.getTraceId() + "-" + ids.getSpanId() + "-" + ids.getTraceFlags().asHex());
        }
    }

    private static @Nullable Span span(Observation.ContextView context) {
        TracingContext tracing = context.get(TracingContext.class);
        return (tracing != null) ? tracing.getSpan() : null;
    }

    /**
     * Headers of one web stack's response.
     */
    @FunctionalInterface
    public interface Headers {

        /**
         * Set a header.
         * @param name the name
         * @param value the value
         */
        void set(String name, String value);

    }

}
