package io.observability.starter.tracing.reactive;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.observability.starter.request.HttpEngine;
import io.observability.starter.tracing.CallbackServer;
import io.observability.starter.tracing.RawHttp;
import io.observability.starter.tracing.TraceContextSuite;
import io.observability.starter.tracing.TraceContextSuiteDriver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tracing of a WebFlux service, seen from outside.
 */
@ParameterizedClass
@EnumSource(names = { "DIRECT", "OBSERVATION" })
class ReactiveTracingIntegrationTests {

    private static ConfigurableApplicationContext context;

    private static CallbackServer callbacks;

    @Parameter
    HttpEngine engine;

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        callbacks = new CallbackServer();
        context = ReactiveTestService.start("observability.http.engine=" + engine,
                "observability.tracing.sampling.probability=1", "observability.tracing.exclude-paths=/quiet/**");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        context.close();
        callbacks.close();
    }

    static Stream<TraceContextSuite.Case> cases() {
        return TraceContextSuite.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void followsTheSpecification(TraceContextSuite.Case suiteCase) {
        TraceContextSuiteDriver.run(suiteCase, ReactiveTestService.port(context), callbacks);
    }

    @ParameterizedTest
    @CsvSource({ "/status/200, GET /status/{status}, 200, UNSET", "/status/404, GET /status/{status}, 404, UNSET",
            "/status/503, GET /status/{status}, 503, ERROR", "/fail, GET /fail, 500, ERROR",
            "/no/such/path, GET /**, 404, UNSET" })
    void spanFollowsTheConventionsAndItsIdsAreAnswered(String path, String name, long status, StatusCode code) {
        RawHttp.Answer answer = RawHttp.get(ReactiveTestService.port(context), path);
        String traceId = answer.headers().get("x-trace-id");
        await().untilAsserted(() -> assertThat(spans()).filteredOn(SpanData::getKind, SpanKind.SERVER)
            .filteredOn(SpanData::getTraceId, traceId)
            .singleElement()
            .satisfies((span) -> {
                assertThat(span.getName()).isEqualTo(name);
                assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                    .isEqualTo(status);
                assertThat(span.getAttributes().get(AttributeKey.stringKey("url.path"))).isEqualTo(path);
                assertThat(span.getAttributes().get(AttributeKey.stringKey("outcome"))).isNull();
                assertThat(span.getStatus().getStatusCode()).isEqualTo(code);
                assertThat(answer.headers().get("traceresponse"))
                    .isEqualTo("00-" + traceId + "-" + span.getSpanId() + "-03");
            }));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/actuator/health", "/quiet/1", "/healthz" })
    void probesAndExcludedPathsLeaveNoTrace(String path) {
        spans();
        context.getBean(InMemorySpanExporter.class).reset();
        assertThat(RawHttp.get(ReactiveTestService.port(context), path).headers()).doesNotContainKeys("x-trace-id",
                "traceresponse");
        String marker = RawHttp.get(ReactiveTestService.port(context), "/status/200").headers().get("x-trace-id");
        await().untilAsserted(() -> assertThat(spans()).isNotEmpty());
        assertThat(spans()).extracting(SpanData::getTraceId).containsOnly(marker);
    }

    @Test
    void suiteIsComplete() {
        assertThat(TraceContextSuite.cases()).hasSize(41);
    }

    private static List<SpanData> spans() {
        context.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
        return context.getBean(InMemorySpanExporter.class).getFinishedSpanItems();
    }

}
