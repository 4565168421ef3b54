package io.observability.starter.metrics.reactive;

import io.observability.starter.context.RequestRoute;
import io.observability.starter.metrics.RequestMeterHandler;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.request.reactive.ExchangeCode;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Records the requests that WebFlux answers.
 *
 * @since 0.1.0
 */
public final class ReactiveRequestMeterHandler extends RequestMeterHandler<ServerRequestObservationContext> {

    /**
     * Create a handler.
     * @param meters where the requests are recorded
     */
    public ReactiveRequestMeterHandler(RequestMeters meters) {
        super(ServerRequestObservationContext.class, meters);
    }

    @Override
    protected @Nullable String method(ServerRequestObservationContext context) {
        ServerHttpRequest request = context.getCarrier();
        return (request != null) ? request.getMethod().name() : null;
    }

    @Override
    protected boolean isSecure(ServerRequestObservationContext context) {
        ServerHttpRequest request = context.getCarrier();
        return request != null && "https".equalsIgnoreCase(request.getURI().getScheme());
    }

    @Override
    protected String route(ServerRequestObservationContext context) {
        return RequestRoute.of(context.getPathPattern(), ExchangeCode.status(context));
    }

    @Override
    protected int code(ServerRequestObservationContext context) {
        return ExchangeCode.of(context);
    }

}
