package io.observability.starter.tracing.reactive;

import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.reactive.ExchangeTracing;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Traces served requests by OpenTelemetry alone. Spring's observation of a request stays,
 * since nothing else sees each end of an exchange, but it gets a registry of its own with
 * one handler: the application's handlers and conventions do not take part. What is
 * current is known to all registries, so that it is the parent of what the application
 * observes. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectExchangeTracing implements ExchangeTracing {

    private final Tracer tracer;

    private final TextMapPropagator propagator;

    private final UntracedPaths untraced;

    private final @Nullable TraceResponse traceResponse;

    /**
     * Create the tracing.
     * @param tracer what makes spans, and has them sampled
     * @param propagator what finds the parent and the baggage in the headers
     * @param untraced the paths that are left out
     * @param traceResponse what responses say of their trace, {@code null} for nothing
     */
    public DirectExchangeTracing(Tracer tracer, TextMapPropagator propagator, UntracedPaths untraced,
            @Nullable TraceResponse traceResponse) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.untraced = untraced;
        this.traceResponse = traceResponse;
    }

    @Override
    public void trace(WebHttpHandlerBuilder builder, @Nullable RequestTimes times) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
            .observationPredicate(new ReactiveRequestPaths(this.untraced))
            .observationHandler(new DirectExchangeHandler(this.tracer, this.propagator, this.traceResponse, times));
        builder.observationRegistry(registry).observationConvention(new PlainRequestConvention());
    }

}
