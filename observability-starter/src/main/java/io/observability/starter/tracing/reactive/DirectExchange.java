package io.observability.starter.tracing.reactive;

import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.observability.starter.request.reactive.ServedExchange;
import io.observability.starter.tracing.SpanCarrier;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/**
 * The span of one request and the begin of its duration. Who asks for the span in the way
 * of Micrometer Tracing gets it; it is wrapped for the first who does.
 */
final class DirectExchange extends ServedExchange implements SpanCarrier {

    private final String method;

    private final boolean secure;

    private final long start;

    private final Span span;

    private final Context current;

    DirectExchange(String method, boolean secure, long start, Span span, Context current) {
        this.method = method;
        this.secure = secure;
        this.start = start;
        this.span = span;
        this.current = current;
    }

    String method() {
        return this.method;
    }

    boolean isSecure() {
        return this.secure;
    }

    long start() {
        return this.start;
    }

    @Override
    public Span span() {
        return this.span;
    }

    @Override
    public Context current() {
        return this.current;
    }

    @Override
    public io.micrometer.tracing.Span getSpan() {
        io.micrometer.tracing.Span wrapped = super.getSpan();
        if (wrapped == null) {
            // Two threads may make one each; they are equal.
            wrapped = OtelSpan.fromOtel(this.span, this.current);
            setSpan(wrapped);
        }
        return wrapped;
    }

    @Override
    public boolean hasSpan() {
        return this.span.getSpanContext().isValid();
    }

    @Override
    public String traceId() {
        return this.span.getSpanContext().getTraceId();
    }

    @Override
    public String spanId() {
        return this.span.getSpanContext().getSpanId();
    }

}
