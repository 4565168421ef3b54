package io.observability.starter.tracing.servlet;

import java.util.Map;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.servlet.ResponseHeaders;
import io.observability.starter.request.servlet.RequestTrace;
import io.observability.starter.tracing.ServerSpanDescription;
import io.observability.starter.tracing.TraceResponse;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The span of one request, and the observation that is current while the request is
 * worked on.
 */
final class DirectRequestTrace implements RequestTrace {

    private final @Nullable TraceResponse traceResponse;

    private final DirectRequestContext context;

    private final ObservationRegistry registry;

    private final boolean lazy;

    private volatile @Nullable Observation observation;

    DirectRequestTrace(@Nullable TraceResponse traceResponse, DirectRequestContext context,
            ObservationRegistry registry, boolean lazy) {
        this.traceResponse = traceResponse;
        this.context = context;
        this.registry = registry;
        this.lazy = lazy;
    }

    @Override
    public boolean isValid() {
        return ids().isValid();
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Who opens a scope closes it.
    public Scope open() {
        // What somebody else has made current would hide an observation that waits.
        if (this.lazy && this.registry.getCurrentObservationScope() == null) {
            return new RequestScope(this, this.context.current().makeCurrent());
        }
        return observation().openScope()::close;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Who opens a scope closes it.
    public Scope resume() {
        return this.context.current().makeCurrent()::close;
    }

    @Override
    public void write(HttpServletResponse response) {
        SpanContext ids = ids();
        if (this.traceResponse != null && ids.isValid()) {
            this.traceResponse.write(ids, (name, value) -> ResponseHeaders.set(response, name, value));
        }
    }

    @Override
    public void addIds(Map<String, String> fields) {
        SpanContext ids = ids();
        if (ids.isValid()) {
            fields.put(ContextField.TRACE_ID.key(), ids.getTraceId());
            fields.put(ContextField.SPAN_ID.key(), ids.getSpanId());
        }
    }

    @Override
    public @Nullable Throwable error() {
        return this.context.getError();
    }

    @Override
    public void end(@Nullable String pattern, int status, @Nullable Throwable error) {
        Span span = this.context.span();
        HttpServletRequest request = this.context.getCarrier();
        if (span.isRecording() && request != null) {
            String method = request.getMethod();
            ServerSpanDescription.describeRequest(span, method, request.getRequestURI(), request.getScheme());
            ServerSpanDescription.describeAnswer(span, pattern, status, error);
            span.updateName(ServerSpanDescription.name(method, pattern));
            for (KeyValue added : this.context.getAllKeyValues()) {
                if (!ServletRequestReader.OMITTED.contains(added.getKey())) {
                    span.setAttribute(added.getKey(), added.getValue());
                }
            }
        }
        span.end();
    }

    Observation observation() {
        Observation known = this.observation;
        return (known != null) ? known : makeObservation();
    }

    // Threads that the request was handed to may ask at the same time.
    private synchronized Observation makeObservation() {
        Observation made = this.observation;
        if (made == null) {
            made = Observation.createNotStarted(DirectRequestTracing.NAME, () -> this.context, this.registry);
            this.observation = made;
        }
        return made;
    }

    private SpanContext ids() {
        return this.context.span().getSpanContext();
    }

}
