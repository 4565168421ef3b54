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
import org.jspecify.annotations.Nullable;

/**
 * Makes the span of a request that this service serves from Spring's observation of it.
 * Thread-safe.
 *
 * @param <R> the type of the request
 * @param <C> the type of the observation's context
 * @since 0.1.0
 * @see ServerSpanDescription
 */
public final class ServerSpanHandler<R, C extends RequestReplyReceiverContext<R, ?>>
        implements TracingObservationHandler<C> {

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
        io.opentelemetry.api.trace.Span described = OtelSpan.toOtel(span);
        ServerSpanDescription.describeRequest(described, this.reader.method(context), this.reader.path(context),
                this.reader.scheme(context));
        ServerSpanDescription.describeAnswer(described, this.reader.route(context), this.reader.status(context),
                context.getError());
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
