package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Carries the span of a request that is traced by OpenTelemetry alone: the context of its
 * observation does, or what Micrometer Tracing finds in that context.
 *
 * @since 0.1.0
 */
public interface SpanCarrier {

    /**
     * Span of the request.
     * @return the span, recorded or not
     */
    Span span();

    /**
     * What is current while a thread works for the request.
     * @return the context with the span in it
     */
    Context current();

    /**
     * Find the span of an observation.
     * @param context the observation's context
     * @return what carries the span, or {@code null} for an observation of another kind
     */
    static @Nullable SpanCarrier of(Observation.Context context) {
        if (context instanceof SpanCarrier carrier) {
            return carrier;
        }
        Object tracing = context.get(TracingContext.class);
        return (tracing instanceof SpanCarrier carrier) ? carrier : null;
    }

}
