package io.observability.starter.logging.reactive;

import io.observability.starter.context.Unobserved;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tells the access line the exchange of a request, and that a request is left out. To
 * stand inside the filter that leaves requests out. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessLineWebFilter implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 2;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual((context) -> {
            note(exchange, context);
            return chain.filter(exchange);
        });
    }

    private static void note(ServerWebExchange exchange, ContextView context) {
        if (context.getOrDefault(AccessExchange.KEY, null) instanceof AccessExchange access) {
            if (context.hasKey(Unobserved.KEY)) {
                access.leaveOut();
            }
            access.found(exchange);
        }
    }

}
