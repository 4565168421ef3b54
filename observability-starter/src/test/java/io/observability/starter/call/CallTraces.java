package io.observability.starter.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a call of a service leaves behind: its result, metric, span and headers.
 */
record CallTraces(ConfigurableApplicationContext service, CalledServer server) {

    /**
     * Forget the spans of earlier calls.
     */
    void forget() {
        flush();
        this.service.getBean(InMemorySpanExporter.class).reset();
    }

    /**
     * Make a call and gather what it leaves behind.
     * @param call makes the call, and tells the result
     * @param parent span that is current, if one is
     * @return what is compared
     */
    Map<String, Object> of(Function<ApplicationContext, String> call, @Nullable SpanContext parent) {
        Map<String, Long> before = series();
        Map<String, Object> left = new TreeMap<>();
        try (Scope scope = (parent != null) ? Span.wrap(parent).makeCurrent() : Scope.noop()) {
            left.put("result", call.apply(this.service));
        }
        catch (RuntimeException ex) {
            left.put("result", ex.getClass().getName());
        }
        left.put("series", soon().until(() -> grown(before), (grown) -> !grown.isEmpty()));
        List<SpanData> spans = spans((parent == null || parent.isSampled()) ? 1 : 0);
        assertThat(spans).hasSizeLessThan(2).allMatch((span) -> span.getKind() == SpanKind.CLIENT);
        SpanData span = spans.isEmpty() ? null : spans.get(0);
        left.put("span", (span != null) ? described(span) : "none");
        left.put("events", (span != null) ? span.getEvents().stream().map(EventData::getName).toList() : List.of());
        left.put("parent", (span != null && span.getParentSpanContext().isValid()) ? span.getParentSpanId() : "none");
        left.put("sent", this.server.calls().size());
        left.put("headers", this.server.calls().stream().map((headers) -> named(headers, span, parent)).toList());
        return left;
    }

    /**
     * Spans that have ended. The thread that takes the answer need not be the one that
     * waits for it.
     * @param count how many to wait for
     * @return the spans
     */
    List<SpanData> spans(int count) {
        return soon().until(() -> {
            flush();
            return this.service.getBean(InMemorySpanExporter.class).getFinishedSpanItems();
        }, (spans) -> spans.size() >= count);
    }

    private static String described(SpanData span) {
        return span.getName() + " " + span.getStatus().getStatusCode() + " "
                + span.getAttributes().asMap().entrySet().stream().map(Object::toString).sorted().toList();
    }

    private static Map<String, List<String>> named(Map<String, List<String>> headers, @Nullable SpanData span,
            @Nullable SpanContext parent) {
        Map<String, List<String>> named = new TreeMap<>(headers);
        String traceParent = String.join("", headers.getOrDefault("traceparent", List.of()));
        assertThat(traceParent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
        String spanId = traceParent.substring(36, 52);
        boolean ofTrace = parent != null && traceParent.substring(3, 35).equals(parent.getTraceId());
        assertThat(spanId).isNotEqualTo((parent != null) ? parent.getSpanId() : "");
        String whose = (span != null && spanId.equals(span.getSpanId())) ? "the span's"
                : ("a new span's" + (ofTrace ? " of the trace" : ""));
        named.put("traceparent", List.of(whose, traceParent.substring(53)));
        return named;
    }

    private Map<String, Long> grown(Map<String, Long> before) {
        Map<String, Long> grown = new TreeMap<>();
        series().forEach((series, count) -> {
            if (count > before.getOrDefault(series, 0L)) {
                grown.put(series, count - before.getOrDefault(series, 0L));
            }
        });
        return grown;
    }

    Map<String, Long> series() {
        Map<String, Long> series = new TreeMap<>();
        for (Timer timer : this.service.getBean(MeterRegistry.class).find("http.client.request.duration").timers()) {
            series.put(String.join(" ",
                    timer.getId().getTags().stream().map((Tag tag) -> tag.getKey() + "=" + tag.getValue()).toList()),
                    timer.count());
        }
        return series;
    }

    private void flush() {
        this.service.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

}
