package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.opentelemetry.api.trace.SpanContext;

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
     * Tell the caller.
     * @param context the context of the request's observation
     * @param headers takes the headers
     */
    public void write(Observation.ContextView context, Headers headers) {
        SpanContext ids = RequestSpan.find(context);
        if (ids != null) {
            write(ids, headers);
        }
    }

    /**
     * Tell the caller.
     * @param ids the valid ids of the request's span
     * @param headers takes the headers
     */
    public void write(SpanContext ids, Headers headers) {
        headers.set(this.header, ids.getTraceId());
        headers.set(TRACE_RESPONSE,
                "00-" + ids.getTraceId() + "-" + ids.getSpanId() + "-" + ids.getTraceFlags().asHex());
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
