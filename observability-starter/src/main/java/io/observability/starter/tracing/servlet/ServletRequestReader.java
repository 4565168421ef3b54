package io.observability.starter.tracing.servlet;

import java.util.Set;

import io.observability.starter.tracing.ServerRequestReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Reads what the span of a request says from Spring's observation context of a servlet
 * container. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServletRequestReader implements ServerRequestReader<ServerRequestObservationContext> {

    // What OpenTelemetryServerRequestObservationConvention gives, for meters.
    static final Set<String> OMITTED = Set.of("error.type", "http.request.method", "http.request.method_original",
            "http.response.status_code", "http.route", "outcome", "url.path", "url.scheme");

    @Override
    public Class<ServerRequestObservationContext> contextType() {
        return ServerRequestObservationContext.class;
    }

    @Override
    public String method(ServerRequestObservationContext context) {
        return request(context).getMethod();
    }

    @Override
    public String path(ServerRequestObservationContext context) {
        return request(context).getRequestURI();
    }

    @Override
    public @Nullable String scheme(ServerRequestObservationContext context) {
        return request(context).getScheme();
    }

    @Override
    public @Nullable String route(ServerRequestObservationContext context) {
        return context.getPathPattern();
    }

    @Override
    public int status(ServerRequestObservationContext context) {
        HttpServletResponse response = context.getResponse();
        return (response != null) ? response.getStatus() : 0;
    }

    @Override
    public Set<String> omittedKeys() {
        return OMITTED;
    }

    private static HttpServletRequest request(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        if (request == null) {
            throw new IllegalStateException("The observation has no request");
        }
        return request;
    }

}
