package io.observability.starter.tracing;

import java.net.URI;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.observability.starter.call.CallReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the span of a call from Spring's observation of it. Thread-safe.
 *
 * @param <C> the type of the observation's context
 * @since 0.1.0
 * @see ClientSpanDescription
 */
public final class ClientSpanHandler<C extends RequestReplySenderContext<?, ?>>
        implements TracingObservationHandler<C> {

    // The method comes behind it.
    private static final String SPRINGS_NAME = "http ";

    // Of its type there is to be one bean, Spring Boot's, for all that is sent.
    private final PropagatingSenderTracingObservationHandler<C> sender;

    private final CallReader<C> reader;

    /**
     * Create a handler.
     * @param tracer what makes spans
     * @param propagator what tells whom the call goes to
     * @param reader what knows the client
     */
    public ClientSpanHandler(Tracer tracer, Propagator propagator, CallReader<C> reader) {
        this.sender = new PropagatingSenderTracingObservationHandler<>(tracer, propagator);
        this.reader = reader;
    }

    @Override
    public Tracer getTracer() {
        return this.sender.getTracer();
    }

    @Override
    public boolean supportsContext(Observation.@Nullable Context context) {
        return this.reader.contextType().isInstance(context);
    }

    @Override
    public void onStart(C context) {
        this.sender.onStart(context);
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
        getTracingContext(context).close();
        // Micrometer's span ends with the status OK, which is the application's to give.
        OtelSpan.toOtel(span).end();
    }

    private void describe(C context, Span span) {
        String method = this.reader.method(context);
        URI uri = this.reader.uri(context);
        ClientSpanDescription.describe(OtelSpan.toOtel(span), method, uri, this.reader.route(context),
                this.reader.status(context), context.getError());
        for (KeyValue keyValue : context.getAllKeyValues()) {
            if (!ClientSpanDescription.OMITTED.contains(keyValue.getKey())) {
                span.tag(keyValue.getKey(), keyValue.getValue());
            }
        }
        String given = context.getContextualName();
        if (given != null && !given.startsWith(SPRINGS_NAME)) {
            span.name(given);
        }
    }

}
