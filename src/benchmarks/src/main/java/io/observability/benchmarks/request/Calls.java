package io.observability.benchmarks.request;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.observability.starter.call.CallHandler;
import io.observability.starter.call.servlet.RestCallConvention;
import io.observability.starter.call.servlet.RestCallReader;
import io.observability.starter.metrics.CallMeters;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.tracing.DirectCallTracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Makes calls in one way in each process.
 */
final class Calls {

    private static final String REQUEST_ID = "X-Request-Id";

    private static final byte[] BODY = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);

    private @Nullable RestClient client;

    private Context around = Context.root();

    String call(HttpObserver observer, boolean sampled, boolean within) {
        RestClient known = this.client;
        if (known == null) {
            Tracer tracer = StockObservation.tracer(sampled);
            known = client(observer, tracer, sampled, within);
            this.client = known;
            if (within) {
                this.around = Context.root()
                    .with(tracer.spanBuilder("GET /orders/{id}").setSpanKind(SpanKind.SERVER).startSpan());
                MDC.put("request_id", "0af7651916cd43dd");
            }
        }
        try (Scope scope = this.around.makeCurrent()) {
            String body = known.get().uri("http://stock:8080/products/{id}", 7).retrieve().body(String.class);
            if (body == null || body.length() != BODY.length) {
                throw new IllegalStateException("Answered " + body);
            }
            return body;
        }
    }

    private static RestClient client(HttpObserver observer, Tracer tracer, boolean sampled, boolean within) {
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // The second bit says that the trace id is random.
        String flags = (observer != HttpObserver.BARE) ? (sampled ? "13" : "02") : "";
        boolean id = within && observer == HttpObserver.STARTER;
        RestClient.Builder builder = RestClient.builder()
            .requestFactory((uri, method) -> new AnsweredRequest(method, uri, flags, id));
        switch (observer) {
            case BARE -> {
            }
            case STOCK -> builder.observationRegistry(
                    StockObservation.registry(tracer, meters, PropagatingSenderTracingObservationHandler::new));
            case STARTER ->
                builder.observationRegistry(starter(tracer, meters)).observationConvention(new RestCallConvention());
        }
        return builder.build();
    }

    private static ObservationRegistry starter(Tracer tracer, MeterRegistry meters) {
        return new CallHandler<>(new RestCallReader(),
                new CallMeters(RequestMeters.ofClient(meters, MetricNaming.CONVENTIONAL, List.of(), 1000)),
                new DirectCallTracing(tracer, W3CTraceContextPropagator.getInstance()), REQUEST_ID)
            .registry();
    }

    /**
     * Answers by itself, but only who sends the headers that go with what observes.
     */
    private static final class AnsweredRequest extends MockClientHttpRequest {

        private final String flags;

        private final boolean id;

        AnsweredRequest(HttpMethod method, URI uri, String flags, boolean id) {
            super(method, uri);
            this.flags = flags;
            this.id = id;
        }

        @Override
        protected ClientHttpResponse executeInternal() {
            HttpHeaders headers = getHeaders();
            String parent = headers.getFirst("traceparent");
            boolean fits = (parent != null) ? (this.flags.indexOf(parent.charAt(parent.length() - 1)) >= 0)
                    : this.flags.isEmpty();
            if (!fits || headers.containsHeader(REQUEST_ID) != this.id) {
                throw new IllegalStateException("Sent " + headers);
            }
            return new MockClientHttpResponse(BODY, HttpStatus.OK);
        }

    }

}
