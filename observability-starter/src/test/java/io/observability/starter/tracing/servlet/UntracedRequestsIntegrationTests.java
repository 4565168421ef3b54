package io.observability.starter.tracing.servlet;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.tracing.RawHttp;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is neither traced nor counted, though Spring Security observes each request.
 */
class UntracedRequestsIntegrationTests {

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = ServletTestService.start(ServletTestService.Server.TOMCAT,
                "observability.tracing.sampling.probability=1", "observability.tracing.exclude-paths=/ids/**",
                // Spring Boot's own meters count what is observed.
                "observability.metrics.enabled=false");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/nothing", "/probe", "/ids/1" })
    void probesScrapesAndExcludedPathsLeaveNoTrace(String path) {
        SpanRecorder.take(context);
        long counted = counted();
        RawHttp.Answer answer = RawHttp.get(ServletTestService.port(context), path,
                "traceparent: 00-12345678901234567890123456789012-1234567890123456-01");
        assertThat(answer.headers()).doesNotContainKeys("x-trace-id", "traceresponse");
        // A span that ends after its response would come before that of the next one.
        RawHttp.Answer marker = RawHttp.get(ServletTestService.port(context), "/status/200");
        await().untilAsserted(() -> assertThat(counted()).isEqualTo(counted + 1));
        assertThat(SpanRecorder.take(context)).extracting(SpanData::getTraceId)
            .containsOnly(marker.headers().get("x-trace-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/actuatorial", "/actuator/../status/200", "/actuator;x=1/health", "/idsx",
            "/actuator/%2e%2e/status/200" })
    void pathThatOnlyLooksLikeOneIsTraced(String path) {
        assertThat(RawHttp.get(ServletTestService.port(context), path).headers()).containsKey("x-trace-id");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/status/200", "/fail", "/fail-later", "/no/such/path" })
    void childrenOfTracedRequestsAreOfTheirTrace(String path) {
        SpanRecorder.take(context);
        RawHttp.Answer answer = RawHttp.get(ServletTestService.port(context), path);
        await().untilAsserted(() -> assertThat(SpanRecorder.take(context)).hasSizeGreaterThan(1)
            .extracting(SpanData::getTraceId)
            .containsOnly(answer.headers().get("x-trace-id")));
    }

    private static long counted() {
        return context.getBean(MeterRegistry.class)
            .find("http.server.request.duration")
            .timers()
            .stream()
            .mapToLong((timer) -> timer.count())
            .sum();
    }

}
