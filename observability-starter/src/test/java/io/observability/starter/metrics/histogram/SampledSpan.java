package io.observability.starter.metrics.histogram;

import io.prometheus.metrics.tracer.common.SpanContext;

/**
 * A trace that is always there and always sampled.
 */
public final class SampledSpan implements SpanContext {

    /** Its trace. */
    public static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Override
    public String getCurrentTraceId() {
        return TRACE;
    }

    @Override
    public String getCurrentSpanId() {
        return "b7ad6b7169203331";
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return true;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
    }

}
