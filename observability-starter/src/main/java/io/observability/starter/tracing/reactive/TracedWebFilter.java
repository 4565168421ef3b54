package io.observability.starter.tracing.reactive;

import io.observability.starter.context.Unobserved;
import io.observability.starter.request.reactive.ObservationEngineFilter;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Beside Spring's observation of requests: tells the caller of a WebFlux service the ids
 * of the trace, and leaves out what the filters behind it observe for a request that is
 * left out itself. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TracedWebFilter implements ObservationEngineFilter, Ordered {

    private final UntracedPaths untraced;

    private final @Nullable TraceResponse traceResponse;

    /**
     * Create a filter.
     * @param untraced the paths that are left out
     * @param traceResponse what responses say of their trace, {@code null} for nothing
     */
    public TracedWebFilter(UntracedPaths untraced, @Nullable TraceResponse traceResponse) {
        this.untraced = untraced;
        this.traceResponse = traceResponse;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (this.untraced.contains(exchange.getRequest().getPath().pathWithinApplication().value())) {
            // Reactor's automatic context propagation takes the mark to each thread.
            return chain.filter(exchange).contextWrite((context) -> context.put(Unobserved.KEY, true));
        }
        if (this.traceResponse != null) {
            ServerRequestObservationContext context = ServerRequestObservationContext
                .findCurrent(exchange.getAttributes())
                .orElse(null);
            if (context != null) {
                this.traceResponse.write(context, exchange.getResponse().getHeaders()::set);
            }
        }
        return chain.filter(exchange);
    }

}
