package io.observability.starter.call.servlet;

import java.io.IOException;
import java.net.URI;

import io.observability.starter.call.CallHeaders;
import io.observability.starter.call.CallReader;
import io.observability.starter.call.CallTimes;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Reads the calls of <code>RestClient</code> and <code>RestTemplate</code>. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RestCallReader implements CallReader<ClientRequestObservationContext> {

    @Override
    public Class<ClientRequestObservationContext> contextType() {
        return ClientRequestObservationContext.class;
    }

    @Override
    public CallHeaders headers(ClientRequestObservationContext context) {
        ClientHttpRequest request = context.getCarrier();
        return new Headers((request != null) ? request.getHeaders() : new HttpHeaders());
    }

    @Override
    public @Nullable String method(ClientRequestObservationContext context) {
        ClientHttpRequest request = context.getCarrier();
        return (request != null) ? request.getMethod().name() : null;
    }

    @Override
    public @Nullable URI uri(ClientRequestObservationContext context) {
        ClientHttpRequest request = context.getCarrier();
        return (request != null) ? request.getURI() : null;
    }

    @Override
    public @Nullable String template(ClientRequestObservationContext context) {
        return context.getUriTemplate();
    }

    @Override
    public int status(ClientRequestObservationContext context) {
        ClientHttpResponse response = context.getResponse();
        if (response == null) {
            return CallTimes.NO_ANSWER;
        }
        try {
            return response.getStatusCode().value();
        }
        catch (IOException ex) {
            return CallTimes.NO_ANSWER;
        }
    }

    private record Headers(HttpHeaders headers) implements CallHeaders {

        @Override
        public boolean has(String name) {
            return this.headers.containsHeader(name);
        }

        @Override
        public void set(String name, String value) {
            this.headers.set(name, value);
        }

    }

}
