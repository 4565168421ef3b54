package io.observability.starter.call.servlet;

import java.net.URI;

import io.observability.starter.call.CallHeaders;
import io.observability.starter.call.CallTrace;
import io.observability.starter.tracing.DirectCallTracing;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestCallReader}.
 */
class RestCallReaderTests {

    private final RestCallReader reader = new RestCallReader();

    private final MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.PUT,
            URI.create("http://stock/items/7"));

    private final ClientRequestObservationContext context = new ClientRequestObservationContext(this.request);

    @Test
    void observationShowsTheSameRequestOnceTheTraceIsKept() throws Exception {
        MockClientHttpResponse answer = new MockClientHttpResponse(new byte[0], 204);
        this.request.setResponse(answer);
        CallHeaders headers = this.reader.headers(this.context);
        headers.set("traceparent", "00-1-2-01");
        CallTrace trace = trace(headers);
        this.reader.keep(this.context, headers, trace);
        assertThat(this.reader.kept(this.context)).isSameAs(trace);
        assertThat(this.reader.method(this.context)).isEqualTo("PUT");
        assertThat(this.reader.uri(this.context)).isEqualTo(this.request.getURI());
        ClientHttpRequest shown = this.context.getCarrier();
        assertThat(shown.getHeaders()).isSameAs(this.request.getHeaders());
        assertThat(shown.getHeaders().getFirst("traceparent")).isEqualTo("00-1-2-01");
        assertThat(shown.getAttributes()).isSameAs(this.request.getAttributes());
        shown.getBody().write('x');
        assertThat(this.request.getBodyAsString()).isEqualTo("x");
        assertThat(shown.execute()).isSameAs(answer);
    }

    @Test
    void nothingIsKeptForACallThatWasNotBegun() {
        assertThat(this.reader.kept(this.context)).isNull();
    }

    private CallTrace trace(CallHeaders headers) {
        return new DirectCallTracing(TracerProvider.noop().get("test"), TextMapPropagator.noop()).begin(this.context,
                "PUT", headers);
    }

}
