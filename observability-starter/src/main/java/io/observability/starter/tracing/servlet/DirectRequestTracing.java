package io.observability.starter.tracing.servlet;

import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.request.servlet.RequestTrace;
import io.observability.starter.request.servlet.RequestTracing;
import io.observability.starter.tracing.RequestObservationRegistry;
import io.observability.starter.tracing.ServerSpanDescription;
import io.observability.starter.tracing.SpanScopes;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Traces served requests by OpenTelemetry alone. The request's observation has neither
 * handlers nor a convention: it is there to be the parent of what the application
 * observes, to travel to other threads, and to take what the application adds to it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectRequestTracing implements RequestTracing {

    static final String NAME = "http.server.requests";

    private final Tracer tracer;

    private final TextMapPropagator propagator;

    // What is current is known to all registries. In this one, the application's handlers
    // and conventions do not take part.
    private final ObservationRegistry registry = registry();

    private final UntracedPaths untraced;

    private final @Nullable TraceResponse traceResponse;

    private final boolean lazy;

    /**
     * Create the tracing.
     * @param tracer what makes spans, and has them sampled
     * @param propagator what finds the parent and the baggage in the headers
     * @param untraced the paths that are left out
     * @param traceResponse what responses say of their trace, {@code null} for nothing
     * @param observations the registry of what the application observes: if it is a
     * {@link RequestObservationRegistry}, an observation is made for requests that need
     * one
     */
    public DirectRequestTracing(Tracer tracer, TextMapPropagator propagator, UntracedPaths untraced,
            @Nullable TraceResponse traceResponse, ObservationRegistry observations) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.untraced = untraced;
        this.traceResponse = traceResponse;
        this.lazy = observations instanceof RequestObservationRegistry;
    }

    @Override
    public boolean isUntraced(HttpServletRequest request) {
        return this.untraced.contains(ServletRequestPaths.of(request));
    }

    @Override
    public RequestTrace begin(HttpServletRequest request, HttpServletResponse response) {
        Context parent = this.propagator.extract(Context.current(), request, RequestHeaders.GETTER);
        Span span = this.tracer.spanBuilder(ServerSpanDescription.name(request.getMethod(), null))
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
        DirectRequestContext context = new DirectRequestContext(request, response, span, parent.with(span));
        request.setAttribute(ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, context);
        return new DirectRequestTrace(this.traceResponse, context, this.registry, this.lazy);
    }

    private static ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new SpanScopes());
        return registry;
    }

}
