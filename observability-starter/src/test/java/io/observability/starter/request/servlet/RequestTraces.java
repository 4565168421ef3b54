package io.observability.starter.request.servlet;

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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.logging.access.AccessField;
import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.logging.servlet.AccessLineService;
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
 * What one request leaves behind: answer, access line, span and series.
 */
final class RequestTraces {

    private static final Pattern TRACE_RESPONSE = Pattern
        .compile("traceresponse: 00-([0-9a-f]{32})-([0-9a-f]{16})-0[0-3]");

    private RequestTraces() {
    }

    /**
     * Send a request and collect what it leaves behind.
     * @param service the service to ask
     * @param lines the access lines
     * @param request method and path
     * @param id the request's id
     * @param headers further headers, each as one line
     * @return what was found, by what it is
     */
    static Map<String, Object> of(ConfigurableApplicationContext service, AccessLines lines, String request, String id,
            String... headers) {
        Map<String, Double> before = series(service);
        String answer = send(service, request, id, headers);
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
        SpanData span = serverSpan(service, line.mdc().get("trace_id"));
        assertThat(span.getSpanId()).isEqualTo(line.mdc().get("span_id"));
        assertThat(ids.group(1)).isEqualTo(span.getTraceId());
        assertThat(ids.group(2)).isEqualTo(span.getSpanId());
        found.put("span", span.getName() + " " + span.getStatus().getStatusCode() + " "
                + span.getAttributes().asMap().entrySet().stream().map(Object::toString).sorted().toList());
        found.put("events", span.getEvents().stream().map(EventData::getName).toList());
        found.put("series", grown(service, before));
        return found;
    }

    private static SpanData serverSpan(ConfigurableApplicationContext service, String traceId) {
        return soon().until(() -> {
            service.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
            return service.getBean(InMemorySpanExporter.class)
                .getFinishedSpanItems()
                .stream()
                .filter((span) -> span.getTraceId().equals(traceId) && span.getKind() == SpanKind.SERVER)
                .findFirst()
                .orElse(null);
        }, Objects::nonNull);
    }

    static Map<String, Double> grown(ConfigurableApplicationContext service, Map<String, Double> before) {
        return soon().until(() -> {
            Map<String, Double> grown = new TreeMap<>();
            series(service).forEach((series, count) -> {
                if (count > before.getOrDefault(series, 0.0)) {
                    grown.put(series, count - before.getOrDefault(series, 0.0));
                }
            });
            return grown;
        }, (grown) -> !grown.isEmpty());
    }

    static Map<String, Double> series(ConfigurableApplicationContext service) {
        Map<String, Double> series = new TreeMap<>();
        for (FunctionCounter counter : service.getBean(MeterRegistry.class).find("http.requests").functionCounters()) {
            List<String> tags = new ArrayList<>();
            for (String tag : List.of("method", "route", "code")) {
                tags.add(tag + "=" + counter.getId().getTag(tag));
            }
            series.put(String.join(" ", tags), counter.count());
        }
        return series;
    }

    static String send(ConfigurableApplicationContext service, String start, String id, String... headers) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), AccessLineService.port(service))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                .write((start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: " + id + "\r\n"
                        + Stream.of(headers).map((header) -> header + "\r\n").collect(Collectors.joining()) + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

}
