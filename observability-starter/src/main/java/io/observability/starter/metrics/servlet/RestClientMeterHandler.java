package io.observability.starter.metrics.servlet;

import java.io.IOException;

import io.observability.starter.call.CallPort;
import io.observability.starter.metrics.CallRoute;
import io.observability.starter.metrics.LabelValue;
import io.observability.starter.metrics.RequestMeterHandler;
import io.observability.starter.metrics.RequestMeters;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Records the requests that <code>RestClient</code> and <code>RestTemplate</code> make.
 *
 * @since 0.1.0
 */
public final class RestClientMeterHandler extends RequestMeterHandler<ClientRequestObservationContext> {

    /**
     * Create a handler.
     * @param meters where the requests are recorded
     */
    public RestClientMeterHandler(RequestMeters meters) {
        super(ClientRequestObservationContext.class, meters);
    }

    @Override
    protected @Nullable String method(ClientRequestObservationContext context) {
        ClientHttpRequest request = context.getCarrier();
        return (request != null) ? request.getMethod().name() : null;
    }

    @Override
    protected String host(ClientRequestObservationContext context) {
        ClientHttpRequest request = context.getCarrier();
        String host = (request != null) ? request.getURI().getHost() : null;
        return (host != null) ? host : LabelValue.UNKNOWN;
    }

    @Override
    protected int port(ClientRequestObservationContext context) {
        ClientHttpRequest request = context.getCarrier();
        return (request != null) ? CallPort.of(request.getURI()) : 0;
    }

    @Override
    protected String route(ClientRequestObservationContext context) {
        return CallRoute.of(context.getUriTemplate());
    }

    @Override
    protected int code(ClientRequestObservationContext context) {
        ClientHttpResponse response = context.getResponse();
        if (response == null) {
            return RequestMeters.NO_ANSWER;
        }
        try {
            return response.getStatusCode().value();
        }
        catch (IOException ex) {
            return RequestMeters.NO_ANSWER;
        }
    }

}
