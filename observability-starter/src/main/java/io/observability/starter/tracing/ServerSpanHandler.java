package io.observability.starter.tracing;

import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Makes the span of a request that this service serves, by OpenTelemetry's stable
 * semantic conventions for HTTP: the attributes with their types, the exception as an
 * event, and the status {@code ERROR} for 5xx alone, since a client's mistake is not this
 * service's failure. Thread-safe.
 *
 * @param <R> the type of the request
 * @param <C> the type of the observation's context
 * @since 0.1.0
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">Semantic
 * conventions for HTTP spans</a>
 */
public final class ServerSpanHandler<R, C extends RequestReplyReceiverContext<R, ?>>
        implements TracingObservationHandler<C> {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS",
            "TRACE", "PATCH");

    private static final int FIRST_SERVER_ERROR = 500;

    private final Tracer tracer;

    private final Propagator propagator;

    private final ServerRequestReader<C> reader;

    /**
     * Create a handler.
     * @param tracer what makes spans
     * @param propagator what finds the parent in the request
     * @param reader what knows the web stack
     */
    public ServerSpanHandler(Tracer tracer, Propagator propagator, ServerRequestReader<C> reader) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.reader = reader;
    }

    @Override
    public Tracer getTracer() {
        return this.tracer;
    }

    @Override
    public boolean supportsContext(Observation.@Nullable Context context) {
        return this.reader.contextType().isInstance(context);
    }

    @Override
    public void onStart(C context) {
        Span.Builder builder = this.propagator.extract(context.getCarrier(), new Headers<>(context.getGetter()));
        builder.kind(Span.Kind.SERVER);
        String name = (context.getContextualName() != null) ? context.getContextualName() : context.getName();
        if (name != null) {
            builder.name(name);
        }
        getTracingContext(context).setSpan(builder.start());
    }

    @Override
    public void onError(C context) {
        // Told at the end, when the status is known.
    }

    @Override
    public void onStop(C context) {
        Span span = getRequiredSpan(context);
        if (!span.isNoop()) {
            describe(context, span);
        }
        endSpan(context, span);
    }

    private void describe(C context, Span span) {
        String method = this.reader.method(context);
        if (METHODS.contains(method)) {
            span.tag("http.request.method", method);
        }
        else {
            span.tag("http.request.method", "_OTHER").tag("http.request.method_original", method);
        }
        span.tag("url.path", this.reader.path(context));
        String scheme = this.reader.scheme(context);
        if (scheme != null) {
            span.tag("url.scheme", scheme);
        }
        String route = this.reader.route(context);
        if (route != null) {
            span.tag("http.route", route);
        }
        int status = this.reader.status(context);
        if (status > 0) {
            span.tag("http.response.status_code", status);
        }
        describeFailure(context.getError(), status, span);
        Set<String> omitted = this.reader.omittedKeys();
        for (KeyValue keyValue : context.getAllKeyValues()) {
            if (!omitted.contains(keyValue.getKey())) {
                span.tag(keyValue.getKey(), keyValue.getValue());
            }
        }
        if (context.getContextualName() != null) {
            span.name(context.getContextualName());
        }
    }

    private static void describeFailure(@Nullable Throwable error, int status, Span span) {
        io.opentelemetry.api.trace.Span otelSpan = OtelSpan.toOtel(span);
        if (error != null) {
            otelSpan.recordException(error);
        }
        if (status >= FIRST_SERVER_ERROR || (error != null && status == 0)) {
            span.tag("error.type", (error != null) ? error.getClass().getName() : Integer.toString(status));
            otelSpan.setStatus(StatusCode.ERROR);
        }
    }

    /**
     * The request's headers as the propagator asks for them.
     */
    private record Headers<R>(
            io.micrometer.observation.transport.Propagator.Getter<R> getter) implements Propagator.Getter<R> {

        @Override
        public @Nullable String get(R carrier, String key) {
            return this.getter.get(carrier, key);
        }

        @Override
        public Iterable<String> getAll(R carrier, String key) {
            return this.getter.getAll(carrier, key);
        }

    }

}
