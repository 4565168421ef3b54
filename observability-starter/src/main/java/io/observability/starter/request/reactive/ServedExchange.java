package io.observability.starter.request.reactive;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/**
 * One request that WebFlux serves and that the starter observes by itself. It is what
 * Micrometer Tracing finds in the context of the request's observation, so that what is
 * observed within the request becomes a child of its span. Thread-safe.
 *
 * @since 0.1.0
 */
public abstract class ServedExchange extends TracingContext {

    /**
     * Find the request of an observation.
     * @param context the observation's context
     * @return the request, {@code null} if Spring's observation is all that there is
     */
    public static @Nullable ServedExchange of(Observation.@Nullable ContextView context) {
        Object tracing = (context != null) ? context.get(TracingContext.class) : null;
        return (tracing instanceof ServedExchange served) ? served : null;
    }

    /**
     * Whether the request has a span, recorded or not.
     * @return whether it has
     */
    public abstract boolean hasSpan();

    /**
     * Id of the request's trace.
     * @return 32 hexadecimal digits, of which one is not zero if the request has a span
     */
    public abstract String traceId();

    /**
     * Id of the request's span.
     * @return 16 hexadecimal digits
     */
    public abstract String spanId();

}
