package io.observability.starter.metrics.reactive;

import io.observability.starter.context.RequestRoute;
import io.observability.starter.metrics.RequestMeterHandler;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.request.RequestTimes;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
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
        return RequestRoute.of(context.getPathPattern(), status(context));
    }

    @Override
    protected int code(ServerRequestObservationContext context) {
        if (context.isConnectionAborted()) {
            return RequestTimes.CLIENT_GONE;
        }
        int status = status(context);
        // An exception that escapes leaves the status as it was if the answer had begun.
        return (context.getError() != null && status < HttpStatus.BAD_REQUEST.value())
                ? HttpStatus.INTERNAL_SERVER_ERROR.value() : status;
    }

    private static int status(ServerRequestObservationContext context) {
        ServerHttpResponse response = context.getResponse();
        if (response == null) {
            return 0;
        }
        HttpStatusCode status = response.getStatusCode();
        // Nobody has to set it for an answer to be 200.
        return (status != null) ? status.value() : HttpStatus.OK.value();
    }

}
