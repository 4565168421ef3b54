package io.observability.starter.tracing.servlet;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.observability.starter.request.HttpEngine;
import io.observability.starter.tracing.RawHttp;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spans of served requests against OpenTelemetry's semantic conventions.
 */
@ParameterizedClass
@EnumSource(value = HttpEngine.class, names = { "DIRECT", "OBSERVATION" })
class ServerSpanIntegrationTests {

    @Parameter
    HttpEngine engine;

    private static ConfigurableApplicationContext context;

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        context = ServletTestService.start(ServletTestService.Server.TOMCAT, "observability.http.engine=" + engine,
                "observability.tracing.sampling.probability=1", "observability.tracing.response.header=X-Our-Trace");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        context.close();
    }

    @Test
    void requestHasTheConventionsAttributes() {
        SpanData span = spanOf("/status/200?token=secret");
        assertThat(span.getName()).isEqualTo("GET /status/{status}");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap()).containsOnly(entry("http.request.method", "GET"),
                entry("http.route", "/status/{status}"), entry("url.path", "/status/200"), entry("url.scheme", "http"),
                Map.entry(AttributeKey.longKey("http.response.status_code"), 200L));
    }

    @Test
    void mistakeOfTheClientIsNoErrorOfTheService() {
        SpanData span = spanOf("/status/404");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type"))).isNull();
    }

    @Test
    void answerOfTheServersFaultIsAnErrorWithoutAnException() {
        SpanData span = spanOf("/status/503");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("503");
        assertThat(span.getEvents()).isEmpty();
    }

    @Test
    void exceptionIsRecorded() {
        for (String path : List.of("/fail", "/fail-later")) {
            SpanData span = spanOf(path);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo(IllegalStateException.class.getName());
            assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isEqualTo(500L);
            assertThat(span.getEvents()).singleElement()
                .satisfies((event) -> assertThat(event.getName()).isEqualTo("exception"));
        }
    }

    @Test
    void pathThatNobodyMapsIsNoSpanName() {
        assertThat(spanOf("/no/such/path/4711").getName()).isEqualTo("GET /**");
    }

    @Test
    void responseCarriesTheIds() {
        RawHttp.Answer answer = RawHttp.get(ServletTestService.port(context), "/status/200");
        SpanData span = serverSpan(answer);
        assertThat(answer.headers()).containsEntry("x-our-trace", span.getTraceId())
            .containsEntry("traceresponse", "00-" + span.getTraceId() + "-" + span.getSpanId() + "-03")
            .doesNotContainKey("x-trace-id");
    }

    @Test
    void logContextHasTheIds() {
        RawHttp.Answer answer = RawHttp.get(ServletTestService.port(context), "/ids/1");
        SpanData span = serverSpan(answer);
        assertThat(answer.body()).contains("\"trace_id\":\"" + span.getTraceId() + "\"")
            .containsPattern("\"span_id\":\"[0-9a-f]{16}\"")
            .doesNotContain("traceId");
    }

    @Test
    void whatTheApplicationObservesBelongsToTheRequest() {
        RawHttp.Answer answer = RawHttp.get(ServletTestService.port(context), "/observed");
        SpanData span = serverSpan(answer);
        // The span of the filter chain of Spring Security, a child of the request's.
        Matcher current = Pattern.compile("\"span\":\"([0-9a-f]{16})\"").matcher(answer.body());
        assertThat(current.find()).isTrue();
        assertThat(answer.body()).contains("\"child\":\"" + current.group(1) + "\"")
            .contains("\"other\":\"" + current.group(1) + "," + current.group(1) + "\"")
            .contains("\"mdc\":\"" + current.group(1) + "\"");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("order"))).isEqualTo("4711");
        assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("exception");
    }

    private static Map.Entry<AttributeKey<?>, Object> entry(String key, String value) {
        return Map.entry(AttributeKey.stringKey(key), value);
    }

    private static SpanData spanOf(String path) {
        return serverSpan(RawHttp.get(ServletTestService.port(context), path));
    }

    private static SpanData serverSpan(RawHttp.Answer answer) {
        String traceId = answer.headers().get("x-our-trace");
        return await().until(() -> SpanRecorder.take(context)
            .stream()
            .filter((span) -> span.getTraceId().equals(traceId) && span.getKind() == SpanKind.SERVER)
            .findFirst()
            .orElse(null), Objects::nonNull);
    }

}
