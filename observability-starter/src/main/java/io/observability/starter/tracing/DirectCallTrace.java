package io.observability.starter.tracing;

import java.net.URI;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.observability.starter.call.CallTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The span of one call.
 */
final class DirectCallTrace extends CallTrace {

    private final Span span;

    private final Context current;

    /**
     * Create the trace.
     * @param span the span, recorded or not
     * @param current the context that the span is current in
     */
    DirectCallTrace(Span span, Context current) {
        this.span = span;
        this.current = current;
    }

    @Override
    public Scope open() {
        return new Current(this.current);
    }

    @Override
    public void event(String name) {
        this.span.addEvent(name);
    }

    @Override
    public void end(Observation.Context context, @Nullable String method, @Nullable URI uri, @Nullable String route,
            int code) {
        if (this.span.isRecording()) {
            ClientSpanDescription.describe(this.span, method, uri, route, code, context.getError());
            for (KeyValue added : context.getAllKeyValues()) {
                this.span.setAttribute(added.getKey(), added.getValue());
            }
            if (context.getContextualName() != null) {
                this.span.updateName(context.getContextualName());
            }
        }
        this.span.end();
    }

    /**
     * A context that is current on this thread.
     */
    static final class Current extends Scope {

        private final io.opentelemetry.context.Scope scope;

        @SuppressWarnings("MustBeClosedChecker") // Who opens a scope closes it.
        Current(Context context) {
            this.scope = context.makeCurrent();
        }

        @Override
        public void close() {
            this.scope.close();
        }

    }

}
