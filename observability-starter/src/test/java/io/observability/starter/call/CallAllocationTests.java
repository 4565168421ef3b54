package io.observability.starter.call;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.call.servlet.RestCallConvention;
import io.observability.starter.call.servlet.RestCallReader;
import io.observability.starter.metrics.CallMeters;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.tracing.DirectCallTracing;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call allocates for being observed, above the same call of a client that is not.
 */
class CallAllocationTests {

    @ParameterizedTest
    @CsvSource({ "false, 1500", "true, 2400" })
    void oneCallAllocatesSoMuch(boolean sampled, long budget) {
        long bare = AllocatedBytes.perRun(call(RestClient.builder()));
        long observed = AllocatedBytes.perRun(call(RestClient.builder()
            .observationRegistry(registry(sampled))
            .observationConvention(new RestCallConvention())));
        assertThat(observed - bare).as("bytes above the %s of the client alone", bare).isBetween(1L, budget);
    }

    private static ObservationRegistry registry(boolean sampled) {
        RequestMeters meters = RequestMeters.ofClient(new SimpleMeterRegistry(), MetricNaming.CONVENTIONAL, List.of(),
                200);
        DirectCallTracing tracing = new DirectCallTracing(SdkTracerProvider.builder()
            .setSampler(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff())
            .build()
            .get("test"), W3CTraceContextPropagator.getInstance());
        return new CallHandler<>(new RestCallReader(), new CallMeters(meters), tracing, "X-Request-Id").registry();
    }

    private static Runnable call(RestClient.Builder builder) {
        RestClient client = builder.requestFactory((uri, method) -> new LeanRequest(uri, method)).build();
        return () -> client.get()
            .uri("http://stock:8080/products/{id}", 1)
            .exchange((request, response) -> response.getStatusCode());
    }

    /**
     * Answers without a network.
     */
    private static final class LeanRequest implements ClientHttpRequest {

        private final URI uri;

        private final HttpMethod method;

        private final HttpHeaders headers = new HttpHeaders();

        private final Map<String, Object> attributes = new HashMap<>();

        LeanRequest(URI uri, HttpMethod method) {
            this.uri = uri;
            this.method = method;
        }

        @Override
        public ClientHttpResponse execute() {
            return new LeanResponse();
        }

        @Override
        public OutputStream getBody() {
            return new ByteArrayOutputStream();
        }

        @Override
        public HttpMethod getMethod() {
            return this.method;
        }

        @Override
        public URI getURI() {
            return this.uri;
        }

        @Override
        public HttpHeaders getHeaders() {
            return this.headers;
        }

        @Override
        public Map<String, Object> getAttributes() {
            return this.attributes;
        }

    }

    private static final class LeanResponse implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatus.OK;
        }

        @Override
        public String getStatusText() {
            return "OK";
        }

        @Override
        public void close() {
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public HttpHeaders getHeaders() {
            return HttpHeaders.EMPTY;
        }

    }

}
