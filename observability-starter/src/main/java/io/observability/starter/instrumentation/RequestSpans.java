package io.observability.starter.instrumentation;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.observability.starter.pipeline.Completeness;
import io.observability.starter.pipeline.CompletenessSource;
import io.observability.starter.request.RequestListener;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests with and without a span. A span that is not sampled is one as well: its
 * ids are on the log lines and in the calls that go out. Counting allocates nothing.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestSpans implements CompletenessSource, RequestListener {

    private final LongAdder requests = new LongAdder();

    private final LongAdder without = new LongAdder();

    /**
     * Count a request.
     * @param context the context of its observation, or {@code null} if it is not
     * observed
     */
    public void count(Observation.@Nullable ContextView context) {
        begun(hasSpan(context));
    }

    @Override
    public void begun(boolean hasSpan) {
        if (!hasSpan) {
            this.without.increment();
        }
        this.requests.increment();
    }

    private static boolean hasSpan(Observation.@Nullable ContextView context) {
        TracingContext tracing = (context != null) ? context.get(TracingContext.class) : null;
        Span span = (tracing != null) ? tracing.getSpan() : null;
        return span != null && OtelSpan.toOtel(span).getSpanContext().isValid();
    }

    @Override
    public List<Completeness> completeness() {
        long before = this.without.sum();
        long all = this.requests.sum();
        return List.of(new Completeness(Completeness.Aspect.REQUEST_SPAN, "", all, all - Math.min(all, before)));
    }

}
