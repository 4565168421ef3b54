package io.observability.starter.call;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.call.CallClient.Wish;
import io.observability.starter.context.Unobserved;
import io.observability.starter.request.HttpEngine;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that ends in any way leaves the same metric, span and headers behind, whichever
 * engine observes it and whichever client makes it.
 */
@ParameterizedClass
@EnumSource(CallClient.class)
class CallMatrixIntegrationTests {

    private static final CallServices SERVICES = new CallServices(CallServices.Service.class);

    private static final SpanContext REMOTE = SpanContext.createFromRemoteParent("0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.builder().put("vendor", "one").build());

    private static final SpanContext UNSAMPLED = SpanContext.createFromRemoteParent(REMOTE.getTraceId(),
            REMOTE.getSpanId(), TraceFlags.getDefault(), REMOTE.getTraceState());

    @Parameter
    CallClient client;

    @AfterAll
    static void stop() {
        SERVICES.close();
    }

    @BeforeEach
    void forget() {
        SERVICES.forget();
    }

    @ParameterizedTest
    @CsvSource({ "GET, 200, UNSET, ", "HEAD, 204, UNSET, ", "POST, 201, UNSET, ", "BREW, 200, UNSET, ",
            "GET, 302, UNSET, ", "GET, 404, ERROR, 404", "DELETE, 500, ERROR, 500" })
    void eachAnswerLeavesTheSameBehind(String method, int status, String spanStatus, @Nullable String errorType) {
        Wish wish = Wish
            .get(SERVICES.server().url(), "/status/{status}?token={token}", Map.of("status", status, "token", "t0p"))
            .method(method);
        Map<String, Object> left = sameOnBoth(wish, REMOTE);
        String known = method.equals("BREW") ? "HTTP" : method;
        // The clients of the JDK and of Netty follow redirects by themselves.
        int last = (status == 302) ? 200 : status;
        assertThat(left.get("span").toString()).startsWith(known + " /status/{status} " + spanStatus)
            .contains("http.request.method=" + (method.equals("BREW") ? "_OTHER" : method))
            .contains("http.response.status_code=" + last, "server.address=localhost",
                    "server.port=" + SERVICES.server().url().replaceAll(".*:", ""), "url.template=/status/{status}",
                    "url.full=" + SERVICES.server().url() + "/status/" + status + ",")
            .doesNotContain("t0p", "client.name", "outcome");
        assertThat(left.get("span").toString().contains("error.type=")).isEqualTo(errorType != null);
        if (errorType != null) {
            assertThat(left.get("span").toString()).contains("error.type=" + errorType);
        }
        assertThat(left.get("series")).isEqualTo(Map.of("code=" + last + " host=localhost method="
                + (method.equals("BREW") ? "_other" : method) + " route=/status/{status}", 1L));
        assertThat(left.get("headers").toString()).contains("tracestate=[vendor=one]", "traceparent=[the span's, 01]");
    }

    @Test
    void callWithoutTemplateHasNoRouteAndIsNamedByItsMethod() {
        Map<String, Object> left = sameOnBoth(Wish.get(SERVICES.server().url() + "/status/200", null, Map.of()),
                REMOTE);
        assertThat(left.get("span").toString()).startsWith("GET UNSET").doesNotContain("url.template");
        assertThat(left.get("series")).isEqualTo(Map.of("code=200 host=localhost method=GET route=_unknown", 1L));
    }

    @Test
    void userOfTheUrlIsNotToldToTheSpan() {
        Map<String, Object> left = sameOnBoth(
                Wish.get(SERVICES.server().url().replace("//", "//jane:pass@"), "/status/{s}", Map.of("s", 200)),
                REMOTE);
        assertThat(left.get("span").toString()).contains("url.full=" + SERVICES.server().url() + "/status/200")
            .doesNotContain("jane", "pass");
    }

    @Test
    void refusedConnectionIsAnError() throws IOException {
        String closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = "http://localhost:" + socket.getLocalPort();
        }
        Map<String, Object> left = sameOnBoth(Wish.get(closed, "/gone/{id}", Map.of("id", 1)), REMOTE);
        assertThat(left.get("span").toString()).startsWith("GET /gone/{id} ERROR")
            .contains("error.type=org.springframework.web.")
            .doesNotContain("status_code");
        assertThat(left.get("events")).isEqualTo(List.of("exception"));
        assertThat(left.get("series")).isEqualTo(Map.of("code=_error host=localhost method=GET route=/gone/{id}", 1L));
    }

    @Test
    void timeOutIsAnError() {
        Map<String, Object> left = sameOnBoth(
                Wish.get(SERVICES.server().url(), "/never/{id}", Map.of("id", 1)).timeout(Duration.ofMillis(300)),
                REMOTE);
        assertThat(left.get("span").toString()).startsWith("GET /never/{id} ERROR");
        assertThat(left.get("series")).isEqualTo(Map.of("code=_error host=localhost method=GET route=/never/{id}", 1L));
    }

    @Test
    void retryWithinTheCallIsOneCall() {
        Map<String, Object> left = sameOnBoth(
                Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200)).attempts(3), REMOTE);
        assertThat(left.get("sent")).isEqualTo(3);
        assertThat(left.get("series")).isEqualTo(Map.of("code=200 host=localhost method=GET route=/status/{s}", 1L));
    }

    @Test
    void requestIdIsPassedOnUnlessTheApplicationSetsIt() {
        MDC.put("request_id", "order-7");
        try {
            Wish wish = Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200));
            assertThat(sameOnBoth(wish, REMOTE).get("headers").toString()).contains("x-request-id=[order-7]");
            assertThat(sameOnBoth(wish.headers((headers) -> headers.set("X-Request-Id", "mine")), REMOTE).get("headers")
                .toString()).contains("x-request-id=[mine]");
        }
        finally {
            MDC.remove("request_id");
        }
    }

    @Test
    void traceParentOfAnInnerServiceIsNotPassedOnTwice() {
        Wish wish = Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200))
            .headers((headers) -> headers.set("traceparent", "00-" + "1".repeat(32) + "-" + "1".repeat(16) + "-01"));
        // RestTemplate sets the headers of the entity last.
        assertThat(sameOnBoth(wish, REMOTE).get("headers").toString())
            .contains((this.client == CallClient.REST_TEMPLATE) ? "traceparent=[a new span's, 01]"
                    : "traceparent=[the span's, 01]");
    }

    @Test
    void whatIsNotSampledIsPassedOnAndCountedAlone() {
        Map<String, Object> left = sameOnBoth(Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 503)),
                UNSAMPLED);
        assertThat(left.get("span")).isEqualTo("none");
        assertThat(left.get("headers").toString()).contains("tracestate=[vendor=one]",
                "traceparent=[a new span's of the trace, 00]");
        assertThat(left.get("series")).isEqualTo(Map.of("code=503 host=localhost method=GET route=/status/{s}", 1L));
    }

    @Test
    void callWithoutAParentBeginsATrace() {
        Map<String, Object> left = sameOnBoth(Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200)), null);
        assertThat(left.get("parent")).isEqualTo("none");
        assertThat(left.get("headers").toString()).contains("traceparent=[the span's, 0");
    }

    @Test
    void baggageGoesAlong() {
        try (Scope scope = Baggage.builder().put("tenant", "shirts").build().makeCurrent()) {
            assertThat(sameOnBoth(Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200)), REMOTE)
                .get("headers")
                .toString()).contains("baggage=[tenant=shirts]");
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "DIRECT", "OBSERVATION" })
    void whatIsObservedWithinTheCallIsItsChild(HttpEngine engine) {
        ConfigurableApplicationContext service = SERVICES.service(engine);
        ObservationRegistry registry = service.getBean(ObservationRegistry.class);
        List<String> seen = new ArrayList<>();
        Observation work = Observation.start("work", registry);
        try (Observation.Scope scope = work.openScope()) {
            this.client.send(service, Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200)).within(() -> {
                Observation call = Objects.requireNonNull(registry.getCurrentObservation());
                call.lowCardinalityKeyValue(KeyValue.of("tier", "gold")).event(Observation.Event.of("signed"));
                seen.add(MDC.get("span_id"));
                Observation.createNotStarted("inner", registry).observe(() -> seen.add(MDC.get("span_id")));
                seen.add(MDC.get("span_id"));
            }));
            assertThat(registry.getCurrentObservation()).isSameAs(work);
        }
        work.stop();
        List<SpanData> spans = SERVICES.traces(engine).spans(3);
        assertThat(spans).extracting(SpanData::getName).containsExactlyInAnyOrder("inner", "GET /status/{s}", "work");
        SpanData call = named(spans, "GET /status/{s}");
        assertThat(call.getParentSpanId()).isEqualTo(named(spans, "work").getSpanId());
        assertThat(named(spans, "inner").getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(call.getAttributes().asMap().toString()).contains("tier=gold");
        assertThat(call.getEvents()).extracting(EventData::getName).containsExactly("signed");
        assertThat(seen).containsExactly(call.getSpanId(), named(spans, "inner").getSpanId(), call.getSpanId());
        assertThat(MDC.get("span_id")).isNull();
        assertThat(Context.current()).isSameAs(Context.root());
    }

    @ParameterizedTest
    @EnumSource(names = { "DIRECT", "OBSERVATION" })
    void whereNothingIsObservedNothingIsLeft(HttpEngine engine) {
        ConfigurableApplicationContext service = SERVICES.service(engine);
        Map<String, Long> before = SERVICES.traces(engine).series();
        try (Unobserved.Scope scope = Unobserved.open()) {
            this.client.send(service, Wish.get(SERVICES.server().url(), "/status/{s}", Map.of("s", 200)));
        }
        assertThat(SERVICES.traces(engine).spans(0)).isEmpty();
        assertThat(SERVICES.traces(engine).series()).isEqualTo(before);
        assertThat(SERVICES.server().calls().get(0)).isEmpty();
    }

    private Map<String, Object> sameOnBoth(Wish wish, @Nullable SpanContext parent) {
        return SERVICES.sameOnBoth((service) -> this.client.send(service, wish), parent);
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
    }

}
