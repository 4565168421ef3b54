package io.observability.starter.call.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Objects;

import io.observability.starter.call.CallHeaders;
import io.observability.starter.call.CallReader;
import io.observability.starter.call.CallTimes;
import io.observability.starter.call.CallTrace;
import io.observability.starter.call.UriTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.support.HttpRequestWrapper;

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
        return new TracedRequest(Objects.requireNonNull(context.getCarrier(), "The call has no request"));
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
    public @Nullable String route(ClientRequestObservationContext context) {
        return UriTemplate.path(context.getUriTemplate());
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

    @Override
    public void keep(ClientRequestObservationContext context, CallHeaders headers, CallTrace trace) {
        if (headers instanceof TracedRequest request) {
            request.trace = trace;
            context.setCarrier(request);
        }
    }

    @Override
    public @Nullable CallTrace kept(ClientRequestObservationContext context) {
        return (context.getCarrier() instanceof TracedRequest request) ? request.trace : null;
    }

    /**
     * The request that the observation shows. It has the trace with it, since an entry in
     * the map of the observation costs as much as the trace itself.
     */
    private static final class TracedRequest extends HttpRequestWrapper implements ClientHttpRequest, CallHeaders {

        private final ClientHttpRequest request;

        private @Nullable CallTrace trace;

        TracedRequest(ClientHttpRequest request) {
            super(request);
            this.request = request;
        }

        @Override
        public boolean has(String name) {
            return getHeaders().containsHeader(name);
        }

        @Override
        public void set(String name, String value) {
            getHeaders().set(name, value);
        }

        @Override
        public OutputStream getBody() throws IOException {
            return this.request.getBody();
        }

        @Override
        public ClientHttpResponse execute() throws IOException {
            return this.request.execute();
        }

    }

}
