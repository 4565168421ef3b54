package io.observability.starter.surface.reactive;

import java.util.List;

import io.observability.starter.context.Unobserved;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers the starter's own paths of one audience on WebFlux, on the thread that serves
 * the request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SurfaceWebFilter implements WebFilter, Ordered {

    private final Surface surface;

    private final Audience audience;

    private final int order;

    /**
     * Create a filter.
     * @param surface the endpoints to serve
     * @param audience whose paths to answer
     * @param order the place among the application's filters
     */
    public SurfaceWebFilter(Surface surface, Audience audience, int order) {
        this.surface = surface;
        this.audience = audience;
        this.order = order;
    }

    @Override
    public int getOrder() {
        return this.order;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        boolean head = HttpMethod.HEAD.equals(request.getMethod());
        if (head || HttpMethod.GET.equals(request.getMethod())) {
            SurfaceEndpoint endpoint = this.surface.find(request.getPath().pathWithinApplication().value());
            if (endpoint != null && endpoint.audience() == this.audience) {
                // On this very thread: a response that was begun on another one, after a
                // response of this one on the same connection, was seen to never arrive
                // with Reactor Netty.
                return Mono.defer(() -> write(answer(endpoint, request), exchange.getResponse(), head));
            }
        }
        return chain.filter(exchange);
    }

    private static SurfaceResponse answer(SurfaceEndpoint endpoint, ServerHttpRequest request) {
        try (Unobserved.Scope unobserved = Unobserved.open()) {
            return endpoint.answer(new ReactiveSurfaceRequest(request));
        }
    }

    private static Mono<Void> write(SurfaceResponse answer, ServerHttpResponse response, boolean head) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentLength(answer.body().length);
        return head ? response.setComplete()
                : response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
    }

    private record ReactiveSurfaceRequest(ServerHttpRequest request) implements SurfaceRequest {

        @Override
        public @Nullable String header(String name) {
            List<String> values = this.request.getHeaders().get(name);
            return (values != null && !values.isEmpty()) ? String.join(", ", values) : null;
        }

        @Override
        public List<String> parameters(String name) {
            return this.request.getQueryParams().getOrDefault(name, List.of());
        }

    }

}
