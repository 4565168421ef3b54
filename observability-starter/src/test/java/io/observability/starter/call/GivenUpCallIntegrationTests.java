package io.observability.starter.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.observability.starter.request.HttpEngine;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A call of <code>WebClient</code> that is given up by its caller is counted once, has
 * one span, and leaves nothing on the threads that it touched.
 */
class GivenUpCallIntegrationTests {

    private static final CallServices SERVICES = new CallServices(CallServices.Service.class);

    private static final SpanContext REMOTE = SpanContext.createFromRemoteParent("0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());

    private static final int CALLS = 40;

    @AfterAll
    static void stop() {
        SERVICES.close();
    }

    @BeforeEach
    void forget() {
        SERVICES.forget();
    }

    @Test
    void callWhoseSubscriptionIsDisposedEndsOnce() {
        Map<String, Object> left = SERVICES.sameOnBoth((service) -> {
            Disposable call = ask(service, "/never/{id}").subscribe();
            await().atMost(Duration.ofSeconds(20)).until(() -> !SERVICES.server().calls().isEmpty());
            call.dispose();
            call.dispose();
            return leftOnThread();
        }, REMOTE);
        assertGivenUp(left, told(REMOTE.getSpanId()));
    }

    @Test
    void callThatTimesOutInThePipelineEndsOnce() {
        Scheduler timer = Schedulers.newSingle("timer");
        try {
            Map<String, Object> left = SERVICES.sameOnBoth((service) -> {
                Throwable failure = ask(service, "/never/{id}").timeout(Duration.ofMillis(300), timer)
                    .map((answer) -> new IllegalStateException(answer))
                    .cast(Throwable.class)
                    .onErrorResume(Mono::just)
                    .block(Duration.ofSeconds(20));
                assertThat(failure).isInstanceOf(TimeoutException.class);
                return Mono.fromCallable(GivenUpCallIntegrationTests::leftOnThread).subscribeOn(timer).block()
                        + leftOnThread();
            }, REMOTE);
            assertGivenUp(left, told("none") + told(REMOTE.getSpanId()));
        }
        finally {
            timer.dispose();
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "DIRECT", "OBSERVATION" })
    void callThatIsGivenUpWhileItIsAnsweredEndsOnce(HttpEngine engine) throws Exception {
        ApplicationContext service = SERVICES.service(engine);
        CallTraces traces = SERVICES.traces(engine);
        long before = counted(traces);
        try (Scope scope = Span.wrap(REMOTE).makeCurrent()) {
            for (int i = 0; i < CALLS; i++) {
                CompletableFuture<Void> over = new CompletableFuture<>();
                Disposable call = ask(service, "/race/{id}").doFinally((signal) -> over.complete(null)).subscribe();
                CompletableFuture.runAsync(call::dispose).get(20, TimeUnit.SECONDS);
                over.get(20, TimeUnit.SECONDS);
            }
        }
        List<SpanData> spans = traces.spans(CALLS);
        assertThat(spans).hasSize(CALLS).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
        assertThat(spans).extracting(SpanData::getParentSpanId).containsOnly(REMOTE.getSpanId());
        await().atMost(Duration.ofSeconds(20)).until(() -> counted(traces) - before >= CALLS);
        assertThat(counted(traces) - before).isEqualTo(CALLS);
        assertThat(leftOnThread()).isEqualTo(told("none"));
    }

    private static void assertGivenUp(Map<String, Object> left, String threads) {
        assertThat(left.get("result")).isEqualTo(threads);
        assertThat(left.get("sent")).isEqualTo(1);
        assertThat(left.get("series")).isEqualTo(Map.of("code=_error host=localhost method=GET route=/never/{id}", 1L));
        assertThat(left.get("parent")).isEqualTo(REMOTE.getSpanId());
        assertThat(left.get("span").toString()).startsWith("GET /never/{id} UNSET").doesNotContain("status_code");
        assertThat(left.get("headers").toString()).contains("traceparent=[the span's, 01]");
    }

    private static long counted(CallTraces traces) {
        return traces.series()
            .entrySet()
            .stream()
            .filter((series) -> series.getKey().endsWith("route=/race/{id}"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    }

    private static Mono<String> ask(ApplicationContext service, String template) {
        return service.getBean(WebClient.Builder.class)
            .baseUrl(SERVICES.server().url())
            .build()
            .get()
            .uri(template, 7)
            .retrieve()
            .bodyToMono(String.class);
    }

    private static String leftOnThread() {
        Span current = Span.fromContext(Context.current());
        return told(current.getSpanContext().isValid() ? current.getSpanContext().getSpanId() : "none")
                + ((MDC.get("span_id") == null || MDC.get("span_id").equals(current.getSpanContext().getSpanId())) ? ""
                        : " with the MDC of " + MDC.get("span_id"));
    }

    private static String told(String spanId) {
        return "[" + spanId + "]";
    }

}
