package io.observability.benchmarks.request;

import java.util.List;

import io.micrometer.context.ContextRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.observability.starter.context.ContextAccessors;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.reactive.RequestIdHandlerDecorator;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.tracing.TraceContextPropagator;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.observability.starter.tracing.reactive.DirectExchangeTracing;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Hooks;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Handles exchanges in one way in each process.
 */
final class Exchanges {

    private final MockServerHttpRequest request = MockServerHttpRequest.get("http://localhost/orders/1").build();

    private @Nullable HttpHandler handler;

    int ask(HttpObserver observer, boolean sampled, boolean propagated) {
        HttpHandler known = this.handler;
        if (known == null) {
            known = handler(observer, sampled);
            this.handler = known;
            if (propagated) {
                ContextAccessors.register(ContextRegistry.getInstance());
                Hooks.enableAutomaticContextPropagation();
            }
        }
        MockServerHttpResponse response = new MockServerHttpResponse();
        known.handle(this.request, response).subscribe();
        if (!response.isCommitted() || response.getStatusCode() != HttpStatus.OK) {
            throw new IllegalStateException("Answered " + response.getStatusCode());
        }
        return response.getStatusCode().value();
    }

    private static HttpHandler handler(HttpObserver observer, boolean sampled) {
        Tracer tracer = StockObservation.tracer(sampled);
        WebHttpHandlerBuilder builder = WebHttpHandlerBuilder.webHandler((exchange) -> {
            exchange.getResponse().setStatusCode(HttpStatus.OK);
            return exchange.getResponse().setComplete();
        });
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return switch (observer) {
            case BARE -> builder.build();
            case STOCK -> builder
                .observationRegistry(
                        StockObservation.registry(tracer, meters, PropagatingReceiverTracingObservationHandler::new))
                .build();
            case STARTER -> starter(builder, tracer, meters);
        };
    }

    private static HttpHandler starter(WebHttpHandlerBuilder builder, Tracer tracer, MeterRegistry meters) {
        new DirectExchangeTracing(tracer, new TraceContextPropagator(TextMapPropagator.noop(), true),
                new UntracedPaths((path) -> false, List.of("/actuator"), List.of()), new TraceResponse("X-Trace-Id"))
            .trace(builder, RequestMeters.ofServer(meters, MetricNaming.CONVENTIONAL, List.of(), 1000), (hasSpan) -> {
            });
        return new RequestIdHandlerDecorator("X-Request-Id", true, true, HeaderTags.NONE).apply(builder.build());
    }

}
