package io.observability.starter.tracing.servlet;

import io.micrometer.observation.Observation;
import io.observability.starter.request.servlet.RequestTrace;
import io.observability.starter.tracing.RequestObservationRegistry;
import io.observability.starter.tracing.SpanScopes;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Time in which a thread works for a request: its span is current from the beginning, its
 * observation from when somebody asks for it. For one thread.
 */
final class RequestScope implements RequestTrace.Scope, RequestObservationRegistry.Waiting {

    private final DirectRequestTrace trace;

    private final Scope span;

    private final RequestObservationRegistry.@Nullable Waiting before;

    private Observation.@Nullable Scope observation;

    RequestScope(DirectRequestTrace trace, Scope span) {
        this.trace = trace;
        this.span = span;
        this.before = RequestObservationRegistry.begin(this);
    }

    @Override
    public void open() {
        this.observation = SpanScopes.openWithoutSpan(this.trace.observation());
    }

    @Override
    public void close() {
        RequestObservationRegistry.end(this.before);
        if (this.observation != null) {
            this.observation.close();
        }
        this.span.close();
    }

}
