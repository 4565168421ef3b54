package io.observability.starter.call.reactive;

import java.net.URI;

import io.observability.starter.call.CallHeaders;
import io.observability.starter.call.CallReader;
import io.observability.starter.call.CallTimes;
import io.observability.starter.call.UriTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads the calls of <code>WebClient</code>. Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebCallReader implements CallReader<ClientRequestObservationContext> {

    @Override
    public Class<ClientRequestObservationContext> contextType() {
        return ClientRequestObservationContext.class;
    }

    @Override
    public CallHeaders headers(ClientRequestObservationContext context) {
        Headers headers = new Headers();
        ClientRequest.Builder builder = context.getCarrier();
        if (builder != null) {
            builder.headers(headers::take);
        }
        return headers;
    }

    @Override
    public @Nullable String method(ClientRequestObservationContext context) {
        ClientRequest request = context.getRequest();
        return (request != null) ? request.method().name() : null;
    }

    @Override
    public @Nullable URI uri(ClientRequestObservationContext context) {
        ClientRequest request = context.getRequest();
        return (request != null) ? request.url() : null;
    }

    @Override
    public @Nullable String route(ClientRequestObservationContext context) {
        return UriTemplate.path(context.getUriTemplate());
    }

    @Override
    public int status(ClientRequestObservationContext context) {
        ClientResponse response = context.getResponse();
        return (response != null) ? response.statusCode().value() : CallTimes.NO_ANSWER;
    }

    /**
     * The builder shows its own headers, which stay the same until the request is built.
     */
    private static final class Headers implements CallHeaders {

        private HttpHeaders headers = new HttpHeaders();

        void take(HttpHeaders headers) {
            this.headers = headers;
        }

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
