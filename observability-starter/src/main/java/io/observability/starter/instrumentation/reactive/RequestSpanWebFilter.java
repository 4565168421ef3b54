package io.observability.starter.instrumentation.reactive;

import io.observability.starter.context.Unobserved;
import io.observability.starter.instrumentation.RequestSpans;
import io.observability.starter.request.reactive.ObservationEngineFilter;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts each request with or without its span, which WebFlux makes ahead of all filters.
 * To stand inside the filter that leaves requests out. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestSpanWebFilter implements ObservationEngineFilter, Ordered {

    private final RequestSpans spans;

    /**
     * Create a filter.
     * @param spans where the requests are counted
     */
    public RequestSpanWebFilter(RequestSpans spans) {
        this.spans = spans;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 3;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual((context) -> {
            if (!context.hasKey(Unobserved.KEY)) {
                Object found = exchange.getAttributes()
                    .get(ServerRequestObservationContext.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE);
                this.spans.count((found instanceof ServerRequestObservationContext observed) ? observed : null);
            }
            return chain.filter(exchange);
        });
    }

}
