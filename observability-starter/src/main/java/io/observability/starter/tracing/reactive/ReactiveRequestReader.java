package io.observability.starter.tracing.reactive;

import java.util.Set;

import io.observability.starter.tracing.ServerRequestReader;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Reads what the span of a request says from Spring's observation context of WebFlux.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ReactiveRequestReader implements ServerRequestReader<ServerRequestObservationContext> {

    // What DefaultServerRequestObservationConvention gives, for meters.
    private static final Set<String> OMITTED = Set.of("exception", "http.url", "method", "outcome", "status", "uri");

    @Override
    public Class<ServerRequestObservationContext> contextType() {
        return ServerRequestObservationContext.class;
    }

    @Override
    public String method(ServerRequestObservationContext context) {
        return request(context).getMethod().name();
    }

    @Override
    public String path(ServerRequestObservationContext context) {
        return request(context).getPath().value();
    }

    @Override
    public @Nullable String scheme(ServerRequestObservationContext context) {
        return request(context).getURI().getScheme();
    }

    @Override
    public @Nullable String route(ServerRequestObservationContext context) {
        return context.getPathPattern();
    }

    @Override
    public int status(ServerRequestObservationContext context) {
        ServerHttpResponse response = context.getResponse();
        HttpStatusCode status = (response != null) ? response.getStatusCode() : null;
        if (status != null) {
            return status.value();
        }
        // Unless anybody sets it, WebFlux answers with 200.
        return (response != null && context.getError() == null && !context.isConnectionAborted()) ? 200 : 0;
    }

    @Override
    public Set<String> omittedKeys() {
        return OMITTED;
    }

    static ServerHttpRequest request(ServerRequestObservationContext context) {
        ServerHttpRequest request = context.getCarrier();
        if (request == null) {
            throw new IllegalStateException("The observation has no request");
        }
        return request;
    }

}
