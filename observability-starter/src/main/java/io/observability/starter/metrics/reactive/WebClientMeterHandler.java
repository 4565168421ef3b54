package io.observability.starter.metrics.reactive;

import io.observability.starter.call.CallPort;
import io.observability.starter.metrics.CallRoute;
import io.observability.starter.metrics.LabelValue;
import io.observability.starter.metrics.RequestMeterHandler;
import io.observability.starter.metrics.RequestMeters;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Records the requests that <code>WebClient</code> makes. Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebClientMeterHandler extends RequestMeterHandler<ClientRequestObservationContext> {

    /**
     * Create a handler.
     * @param meters where the requests are recorded
     */
    public WebClientMeterHandler(RequestMeters meters) {
        super(ClientRequestObservationContext.class, meters);
    }

    @Override
    protected @Nullable String method(ClientRequestObservationContext context) {
        ClientRequest request = context.getRequest();
        return (request != null) ? request.method().name() : null;
    }

    @Override
    protected String host(ClientRequestObservationContext context) {
        ClientRequest request = context.getRequest();
        String host = (request != null) ? request.url().getHost() : null;
        return (host != null) ? host : LabelValue.UNKNOWN;
    }

    @Override
    protected int port(ClientRequestObservationContext context) {
        ClientRequest request = context.getRequest();
        return (request != null) ? CallPort.of(request.url()) : 0;
    }

    @Override
    protected String route(ClientRequestObservationContext context) {
        return CallRoute.of(context.getUriTemplate());
    }

    @Override
    protected int code(ClientRequestObservationContext context) {
        ClientResponse response = context.getResponse();
        return (response != null) ? response.statusCode().value() : RequestMeters.NO_ANSWER;
    }

}
