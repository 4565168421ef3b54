package io.observability.starter.request.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.logging.access.AccessField;
import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.logging.servlet.AccessLineService;
import io.observability.starter.request.HttpEngine;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request that ends in any way leaves the same metric, span, line and ids behind,
 * whichever engine observes it.
 */
@ParameterizedClass
@EnumSource(AccessLineService.Server.class)
class EngineMatrixIntegrationTests {

    private static final Pattern TRACE_RESPONSE = Pattern
        .compile("traceresponse: 00-([0-9a-f]{32})-([0-9a-f]{16})-0[0-3]");

    private static final Map<HttpEngine, ConfigurableApplicationContext> SERVICES = new EnumMap<>(HttpEngine.class);

    @Parameter
    AccessLineService.Server server;

    @AutoClose
    private final AccessLines lines = AccessLines.attach();

    @BeforeParameterizedClassInvocation
    static void start(AccessLineService.Server server) {
        for (HttpEngine engine : List.of(HttpEngine.DIRECT, HttpEngine.OBSERVATION)) {
            SERVICES.put(engine, AccessLineService.start(server, "observability.http.engine=" + engine,
                    "observability.tracing.sampling.probability=1"));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET /products/7", "HEAD /products/7", "OPTIONS /products/7", "BREW /products/7",
            "GET /empty", "GET /elsewhere", "GET /nowhere", "DELETE /products/7", "GET /error-sent", "GET /writer",
            "GET /fail", "GET /fail-begun", "GET /later", "GET /deferred", "GET /stream", "GET /async-servlet",
            "GET /forward", "GET /secret" })
    void eachEndingLeavesTheSameBehind(String request) {
        Map<String, Object> direct = traces(HttpEngine.DIRECT, request);
        Map<String, Object> observed = traces(HttpEngine.OBSERVATION, request);
        assertThat(direct).isEqualTo(observed);
        assertThat(direct.get("series").toString()).matches("\\{.* code=\\d{3}=1\\.0\\}");
    }

    /**
     * Spring stops its observation at the time-out, before anything is answered, and
     * after the error page, which brings a route of its own.
     */
    @ParameterizedTest
    @CsvSource({ "/fail-later, 500, java.lang.IllegalStateException", "/never, 503, 503" })
    void spansOfAsynchronousFailuresAreRightOnTheDirectEngine(String path, int status, String error) {
        Map<String, Object> direct = traces(HttpEngine.DIRECT, "GET " + path);
        Map<String, Object> observed = traces(HttpEngine.OBSERVATION, "GET " + path);
        assertThat(direct.remove("span").toString()).startsWith("GET " + path + " ERROR")
            .contains("http.route=" + path, "http.response.status_code=" + status, "error.type=" + error);
        observed.remove("span");
        assertThat(direct).isEqualTo(observed);
    }

    /**
     * Whether the failed write leaves the handler as an exception depends on the
     * container; the engines have to agree.
     */
    @Test
    void clientThatWentAwayIsCountedTheSame() throws IOException {
        Map<String, Double> direct = goneFrom(HttpEngine.DIRECT);
        assertThat(direct).isEqualTo(goneFrom(HttpEngine.OBSERVATION)).hasSize(1);
        assertThat(direct.keySet().iterator().next()).matches("method=GET route=/endless code=(499|200)");
    }

    private static Map<String, Double> goneFrom(HttpEngine engine) throws IOException {
        ConfigurableApplicationContext service = Objects.requireNonNull(SERVICES.get(engine));
        Map<String, Double> before = series(service);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), AccessLineService.port(service))) {
            socket.getOutputStream()
                .write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        return grown(service, before);
    }

    private Map<String, Object> traces(HttpEngine engine, String request) {
        ConfigurableApplicationContext service = Objects.requireNonNull(SERVICES.get(engine));
        Map<String, Double> before = series(service);
        String id = "matrix-" + engine + "-" + Math.abs(request.hashCode());
        String answer = send(service, request, id);
        AccessLines.Line line = this.lines.only(id);
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
        return await().atMost(Duration.ofSeconds(20)).until(() -> {
            service.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
            return service.getBean(InMemorySpanExporter.class)
                .getFinishedSpanItems()
                .stream()
                .filter((span) -> span.getTraceId().equals(traceId) && span.getKind() == SpanKind.SERVER)
                .findFirst()
                .orElse(null);
        }, Objects::nonNull);
    }

    private static Map<String, Double> grown(ConfigurableApplicationContext service, Map<String, Double> before) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> {
            Map<String, Double> grown = new TreeMap<>();
            series(service).forEach((series, count) -> {
                if (count > before.getOrDefault(series, 0.0)) {
                    grown.put(series, count - before.getOrDefault(series, 0.0));
                }
            });
            return grown;
        }, (grown) -> !grown.isEmpty());
    }

    private static Map<String, Double> series(ConfigurableApplicationContext service) {
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

    private static String send(ConfigurableApplicationContext service, String start, String id) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), AccessLineService.port(service))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                .write((start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
