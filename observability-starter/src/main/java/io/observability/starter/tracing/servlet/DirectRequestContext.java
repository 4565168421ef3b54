package io.observability.starter.tracing.servlet;

import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.observability.starter.tracing.SpanCarrier;
import io.opentelemetry.api.trace.Span;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * What is known of a request that is observed without Spring's filter. Who asks for the
 * span in the way of Micrometer Tracing gets it; it is wrapped for the first who does.
 */
final class DirectRequestContext extends ServerRequestObservationContext implements SpanCarrier {

    private final Span span;

    private final io.opentelemetry.context.Context current;

    DirectRequestContext(HttpServletRequest request, HttpServletResponse response, Span span,
            io.opentelemetry.context.Context current) {
        super(request, response);
        this.span = span;
        this.current = current;
    }

    @Override
    public Span span() {
        return this.span;
    }

    @Override
    public io.opentelemetry.context.Context current() {
        return this.current;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // As Micrometer has it.
    public <T> @Nullable T get(Object key) {
        if (key == TracingContext.class) {
            computeIfAbsent(key, (absent) -> {
                TracingContext tracing = new TracingContext();
                tracing.setSpan(OtelSpan.fromOtel(this.span, this.current));
                return tracing;
            });
        }
        return super.get(key);
    }

}
