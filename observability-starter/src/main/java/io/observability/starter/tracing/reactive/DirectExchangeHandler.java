package io.observability.starter.tracing.reactive;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.observability.starter.context.RequestRoute;
import io.observability.starter.request.RequestListener;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.reactive.ExchangeCode;
import io.observability.starter.request.reactive.ServedExchange;
import io.observability.starter.tracing.ServerSpanDescription;
import io.observability.starter.tracing.SpanScopes;
import io.observability.starter.tracing.TraceResponse;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Does all that is done once for a request, at its begin and at its end. It never throws:
 * a request is not to fail for being observed. Thread-safe.
 */
final class DirectExchangeHandler extends SpanScopes {

    private static final Logger logger = LoggerFactory.getLogger(DirectExchangeHandler.class);

    private static final AtomicBoolean FAILURE_SAID = new AtomicBoolean();

    private static final ReactiveRequestReader READER = new ReactiveRequestReader();

    private final Tracer tracer;

    private final TextMapPropagator propagator;

    private final @Nullable TraceResponse traceResponse;

    private final @Nullable RequestTimes times;

    private final RequestListener listener;

    DirectExchangeHandler(Tracer tracer, TextMapPropagator propagator, @Nullable TraceResponse traceResponse,
            @Nullable RequestTimes times, RequestListener listener) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.traceResponse = traceResponse;
        this.times = times;
        this.listener = listener;
    }

    // The absence of an observation comes here as well, as an observation without a
    // request.
    @Override
    public void onStart(Observation.Context context) {
        if (context instanceof ServerRequestObservationContext request) {
            try {
                begin(request);
            }
            catch (RuntimeException ex) {
                failed(ex);
            }
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        if (context instanceof ServerRequestObservationContext request
                && ServedExchange.of(context) instanceof DirectExchange exchange) {
            try {
                end(exchange, request);
            }
            catch (RuntimeException ex) {
                failed(ex);
            }
        }
    }

    private void begin(ServerRequestObservationContext context) {
        ServerHttpRequest request = ReactiveRequestReader.request(context);
        String method = request.getMethod().name();
        boolean secure = "https".equalsIgnoreCase(request.getURI().getScheme());
        Context parent = this.propagator.extract(Context.current(), request, ExchangeHeaders.GETTER);
        Span span = this.tracer.spanBuilder(ServerSpanDescription.name(method, null))
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
        long start = (this.times != null) ? this.times.begin(method, secure) : 0;
        context.put(TracingContext.class, new DirectExchange(method, secure, start, span, parent.with(span)));
        this.listener.begun(span.getSpanContext().isValid());
        ServerHttpResponse response = context.getResponse();
        if (this.traceResponse != null && response != null && span.getSpanContext().isValid()) {
            this.traceResponse.write(span.getSpanContext(), response.getHeaders()::set);
        }
    }

    private void end(DirectExchange exchange, ServerRequestObservationContext context) {
        try {
            if (exchange.span().getSpanContext().isSampled()) {
                // So that the duration gets its exemplar.
                try (Scope scope = exchange.current().makeCurrent()) {
                    endTimes(exchange, context);
                }
            }
            else {
                endTimes(exchange, context);
            }
        }
        finally {
            endSpan(exchange.span(), exchange.method(), context);
        }
    }

    private void endTimes(DirectExchange exchange, ServerRequestObservationContext context) {
        if (this.times != null) {
            String route = RequestRoute.of(context.getPathPattern(), ExchangeCode.status(context));
            this.times.end(exchange.start(), exchange.method(), exchange.isSecure(), route, ExchangeCode.of(context),
                    context.getError());
        }
    }

    private static void endSpan(Span span, String method, ServerRequestObservationContext context) {
        if (span.isRecording()) {
            String pattern = context.getPathPattern();
            ServerSpanDescription.describeRequest(span, method, READER.path(context), READER.scheme(context));
            ServerSpanDescription.describeAnswer(span, pattern, READER.status(context), context.getError());
            span.updateName(ServerSpanDescription.name(method, pattern));
            for (KeyValue added : context.getAllKeyValues()) {
                if (!READER.omittedKeys().contains(added.getKey())) {
                    span.setAttribute(added.getKey(), added.getValue());
                }
            }
        }
        span.end();
    }

    private static void failed(RuntimeException ex) {
        if (FAILURE_SAID.compareAndSet(false, true)) {
            logger.warn("A request could not be observed; further failures are not logged", ex);
        }
    }

}
