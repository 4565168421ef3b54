package io.observability.starter.tracing.servlet;

import java.util.Map;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.observability.starter.context.ContextField;
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

    private final Observation observation;

    DirectRequestTrace(@Nullable TraceResponse traceResponse, DirectRequestContext context, Observation observation) {
        this.traceResponse = traceResponse;
        this.context = context;
        this.observation = observation;
    }

    @Override
    public boolean isValid() {
        return ids().isValid();
    }

    @Override
    public Scope open() {
        return this.observation.openScope()::close;
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
            this.traceResponse.write(ids, response::setHeader);
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

    private SpanContext ids() {
        return this.context.span().getSpanContext();
    }

}
