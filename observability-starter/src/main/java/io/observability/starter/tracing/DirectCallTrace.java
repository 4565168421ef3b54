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
 *
 * @param span the span, recorded or not
 * @param current the context that the span is current in
 */
record DirectCallTrace(Span span, Context current) implements CallTrace {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Who opens a scope closes it.
    public Scope open() {
        return this.current.makeCurrent()::close;
    }

    @Override
    public void event(String name) {
        this.span.addEvent(name);
    }

    @Override
    public void end(Observation.Context context, @Nullable String method, @Nullable URI uri, @Nullable String template,
            int code) {
        if (this.span.isRecording()) {
            ClientSpanDescription.describe(this.span, method, uri, template, code, context.getError());
            for (KeyValue added : context.getAllKeyValues()) {
                this.span.setAttribute(added.getKey(), added.getValue());
            }
            if (context.getContextualName() != null) {
                this.span.updateName(context.getContextualName());
            }
        }
        this.span.end();
    }

}
