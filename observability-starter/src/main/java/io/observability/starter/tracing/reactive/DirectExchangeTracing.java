package io.observability.starter.tracing.reactive;

import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.context.Unobserved;
import io.observability.starter.context.reactive.ExchangeContext;
import io.observability.starter.request.RequestListener;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.reactive.ExchangeTracing;
import io.observability.starter.request.reactive.ObservationEngineFilter;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.HttpHandler;
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
    public void trace(WebHttpHandlerBuilder builder, @Nullable RequestTimes times, RequestListener listener) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
            .observationPredicate(new ReactiveRequestPaths(this.untraced))
            .observationHandler(
                    new DirectExchangeHandler(this.tracer, this.propagator, this.traceResponse, times, listener));
        builder.observationRegistry(registry)
            .observationConvention(new PlainRequestConvention())
            .filters((filters) -> filters.removeIf(ObservationEngineFilter.class::isInstance))
            .httpHandlerDecorator(this::leaveOut);
    }

    // What the filters and handlers of such a request observe is left out as well.
    private HttpHandler leaveOut(HttpHandler handler) {
        return (request, response) -> this.untraced.contains(request.getPath().pathWithinApplication().value())
                ? new ExchangeContext(handler.handle(request, response), (context) -> context.put(Unobserved.KEY, true))
                : handler.handle(request, response);
    }

}
