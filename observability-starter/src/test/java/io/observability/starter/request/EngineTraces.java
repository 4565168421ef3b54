package io.observability.starter.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.logging.access.AccessField;
import io.observability.starter.logging.access.AccessLines;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.core.ConditionFactory;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a request leaves behind in a service: its answer, metric, span, line and ids.
 */
public record EngineTraces(ConfigurableApplicationContext service, int port) {

    private static final Pattern TRACE_RESPONSE = Pattern
        .compile("traceresponse: 00-([0-9a-f]{32})-([0-9a-f]{16})-0[0-3]");

    /**
     * Send a request and gather what it leaves behind.
     * @param request method and path
     * @param id the id that it brings
     * @param lines where its line is found
     * @param headerLines further lines of its head
     * @return what is compared
     */
    public Map<String, Object> of(String request, String id, AccessLines lines, String... headerLines) {
        Map<String, Double> before = series();
        String answer = send(request, id, headerLines);
        AccessLines.Line line = lines.only(id);
        Map<String, Object> found = new TreeMap<>();
        found.put("status", answer.substring(0, answer.indexOf('\r')));
        found.put("request id", answer.contains("X-Request-Id: " + id));
        found.put("line",
                List.of(line.level(), line.get(AccessField.HTTP_STATUS), line.get(AccessField.HTTP_ROUTE),
                        String.valueOf(line.get(AccessField.HTTP_OUTCOME)),
                        String.valueOf(line.get(AccessField.RESPONSE_BYTES))));
        Matcher ids = TRACE_RESPONSE.matcher(answer);
        found.put("traceresponse", ids.find());
        SpanData span = serverSpan(line.mdc().get("trace_id"));
        assertThat(span.getSpanId()).isEqualTo(line.mdc().get("span_id"));
        assertThat(ids.group(1)).isEqualTo(span.getTraceId());
        assertThat(ids.group(2)).isEqualTo(span.getSpanId());
        found.put("span", span.getName() + " " + span.getStatus().getStatusCode() + " "
                + span.getAttributes().asMap().entrySet().stream().map(Object::toString).sorted().toList());
        found.put("events", span.getEvents().stream().map(EventData::getName).toList());
        found.put("series", grown(before));
        soon().untilAsserted(
                () -> assertThat(this.service.getBean(MeterRegistry.class).get("http.requests.in.flight").gauges())
                    .extracting(Gauge::value)
                    .containsOnly(0.0));
        return found;
    }

    /**
     * Ask, read the begin of the answer, and go away.
     * @param path the path
     * @param bytes how much is read
     * @param isServed whether the request is being served, and the client may go
     * @return how the metric has grown
     * @throws IOException if the service can't be reached
     */
    public Map<String, Double> goneFrom(String path, int bytes, Callable<Boolean> isServed) throws IOException {
        Map<String, Double> before = series();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
            socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
            soon().until(isServed);
        }
        return grown(before);
    }

    /**
     * Send a request on a connection of its own.
     * @param request method and path
     * @param id the id that it brings
     * @param headerLines further lines of its head
     * @return the answer, as it was sent
     */
    public String send(String request, String id, String... headerLines) {
        StringBuilder head = new StringBuilder(request)
            .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: ")
            .append(id)
            .append("\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Span of a request that was served.
     * @param traceId its trace
     * @return the span
     */
    public SpanData serverSpan(String traceId) {
        return soon().until(() -> spans(traceId).stream()
            .filter((span) -> span.getKind() == SpanKind.SERVER)
            .findFirst()
            .orElse(null), Objects::nonNull);
    }

    /**
     * Spans of a trace that have ended so far.
     * @param traceId the trace
     * @return the spans
     */
    public List<SpanData> spans(String traceId) {
        this.service.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
        return this.service.getBean(InMemorySpanExporter.class)
            .getFinishedSpanItems()
            .stream()
            .filter((span) -> span.getTraceId().equals(traceId))
            .toList();
    }

    private Map<String, Double> grown(Map<String, Double> before) {
        return soon().until(() -> {
            Map<String, Double> grown = new TreeMap<>();
            series().forEach((series, count) -> {
                if (count > before.getOrDefault(series, 0.0)) {
                    grown.put(series, count - before.getOrDefault(series, 0.0));
                }
            });
            return grown;
        }, (grown) -> !grown.isEmpty());
    }

    private Map<String, Double> series() {
        Map<String, Double> series = new TreeMap<>();
        for (FunctionCounter counter : this.service.getBean(MeterRegistry.class)
            .find("http.requests")
            .functionCounters()) {
            List<String> tags = new ArrayList<>();
            for (String tag : List.of("method", "route", "code")) {
                tags.add(tag + "=" + counter.getId().getTag(tag));
            }
            series.put(String.join(" ", tags), counter.count());
        }
        return series;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

}
