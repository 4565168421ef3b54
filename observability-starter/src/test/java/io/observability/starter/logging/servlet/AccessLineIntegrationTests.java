package io.observability.starter.logging.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.observability.starter.logging.access.AccessField;
import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.request.HttpEngine;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One line for each request, however it ends, on both containers.
 */
@ParameterizedClass
@EnumSource(value = HttpEngine.class, names = { "DIRECT", "OBSERVATION" })
class AccessLineIntegrationTests {

    @Parameter
    HttpEngine engine;

    private static final Map<AccessLineService.Server, ConfigurableApplicationContext> SERVICES = new EnumMap<>(
            AccessLineService.Server.class);

    private static final AtomicInteger NEXT = new AtomicInteger();

    @AutoClose
    private final AccessLines lines = AccessLines.attach();

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        for (AccessLineService.Server server : AccessLineService.Server.values()) {
            SERVICES.put(server, AccessLineService.start(server, "observability.http.engine=" + engine));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    static Stream<Arguments> endings() {
        List<Ending> endings = List.of(new Ending("GET /products/7", 200, "/products/{id}", null, 9L),
                new Ending("GET /products/7?token=secret", 200, "/products/{id}", null, 9L),
                new Ending("HEAD /products/7", 200, "/products/{id}", null, 0L),
                new Ending("OPTIONS /products/7", 200, "_unmatched", null, 0L),
                new Ending("GET /empty", 204, "/empty", null, 0L),
                new Ending("GET /elsewhere", 302, "/elsewhere", null, 0L),
                new Ending("GET /nowhere", 404, "_unmatched", null, null),
                new Ending("DELETE /products/7", 405, "_unmatched", null, null),
                new Ending("GET /error-sent", 409, "/error-sent", null, null),
                new Ending("GET /writer", 200, "/writer", null, null),
                new Ending("GET /fail", 500, "/fail", "exception", null),
                new Ending("GET /fail-begun", 200, "/fail-begun", "exception", 100L),
                new Ending("GET /later", 200, "/later", null, 5L),
                new Ending("GET /fail-later", 500, "/fail-later", "exception", null),
                new Ending("GET /deferred", 200, "/deferred", null, 8L),
                new Ending("GET /never", 503, "/never", null, null),
                new Ending("GET /stream", 200, "/stream", null, 10_000L),
                new Ending("GET /async-servlet", 202, "_unmatched", null, 5L),
                new Ending("GET /forward", 200, "/products/{id}", null, 17L),
                new Ending("GET /secret", 401, "_unmatched", null, 0L));
        return Arrays.stream(AccessLineService.Server.values())
            .flatMap((server) -> endings.stream().map((ending) -> Arguments.of(server, ending)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void eachEndingHasOneLineWithTheIds(AccessLineService.Server server, Ending ending) {
        String id = "ending-" + NEXT.incrementAndGet();
        String answer = send(server, ending.request(), "", id);
        AccessLines.Line line = this.lines.only(id);
        assertThat(line.get(AccessField.HTTP_METHOD)).isEqualTo(ending.request().split(" ")[0]);
        assertThat(line.get(AccessField.HTTP_STATUS)).isEqualTo(ending.status());
        assertThat(answer).startsWith("HTTP/1.1 " + ending.status());
        assertThat(line.get(AccessField.HTTP_ROUTE)).isEqualTo(ending.route());
        assertThat(line.get(AccessField.HTTP_OUTCOME)).isEqualTo(ending.outcome());
        assertThat(line.get(AccessField.RESPONSE_BYTES)).isEqualTo(ending.bytes());
        assertThat(line.get(AccessField.HTTP_PROTOCOL)).isEqualTo("HTTP/1.1");
        assertThat(line.get(AccessField.DURATION_MS)).isInstanceOf(BigDecimal.class);
        assertThat(line.fields()).doesNotContainKeys("http_path", "client_address", "user_agent");
        assertThat(line.level())
            .isEqualTo((ending.status() >= 500 || ending.outcome() != null) ? Level.WARN : Level.INFO);
        assertThat(line.message())
            .matches(ending.request().split(" ")[0] + " \\S+ " + ending.status() + " \\d+\\.\\d{3} ms");
        assertThat(line.mdc().get("trace_id")).matches("[0-9a-f]{32}");
        assertThat(line.mdc().get("span_id")).matches("[0-9a-f]{16}");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains(line.mdc().get("trace_id"));
        // Whatever else would have been written for it was written by now.
        send(server, "GET /products/1", "", id + "-after");
        this.lines.only(id + "-after");
        this.lines.only(id);
    }

    @ParameterizedTest
    @EnumSource(AccessLineService.Server.class)
    void sizeOfTheRequestIsWhatItAnnounced(AccessLineService.Server server) {
        send(server, "POST /echo", "{\"a\":1}", "echo-" + server);
        AccessLines.Line line = this.lines.only("echo-" + server);
        assertThat(line.get(AccessField.REQUEST_BYTES)).isEqualTo(7L);
        assertThat(line.get(AccessField.RESPONSE_BYTES)).isEqualTo(7L);
    }

    @ParameterizedTest
    @EnumSource(AccessLineService.Server.class)
    void tagOfAnotherThreadIsOnTheLine(AccessLineService.Server server) {
        send(server, "GET /later", "", "tag-later-" + server);
        assertThat(this.lines.only("tag-later-" + server).mdc()).containsEntry("worked_on", "another_thread");
        send(server, "GET /tagged", "", "tagged-" + server);
        assertThat(this.lines.only("tagged-" + server).mdc()).containsEntry("customer_tier", "gold")
            .doesNotContainKey("worked_on");
    }

    @ParameterizedTest
    @EnumSource(AccessLineService.Server.class)
    void oddMethodIsBounded(AccessLineService.Server server) {
        send(server, "BREW /products/7", "", "brew-" + server);
        assertThat(this.lines.only("brew-" + server).get(AccessField.HTTP_METHOD)).isEqualTo("_other");
    }

    @ParameterizedTest
    @EnumSource(AccessLineService.Server.class)
    void clientThatWentAwayIsMarked(AccessLineService.Server server) throws IOException {
        String id = "gone-" + server;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), AccessLineService.port(service(server)))) {
            socket.getOutputStream().write(request("GET /endless", "", id));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        AccessLines.Line line = this.lines.only(id);
        assertThat(line.get(AccessField.HTTP_OUTCOME)).isEqualTo("client_gone");
        assertThat(line.get(AccessField.HTTP_STATUS)).isEqualTo(200);
        assertThat(line.get(AccessField.HTTP_ROUTE)).isEqualTo("/endless");
        assertThat((Long) line.get(AccessField.RESPONSE_BYTES)).isNotNegative();
    }

    @ParameterizedTest
    @EnumSource(AccessLineService.Server.class)
    void probesScrapesAndTheActuatorHaveNoLine(AccessLineService.Server server) {
        for (String path : List.of("/healthz", "/livez", "/readyz", "/metrics", "/actuator", "/actuator/health")) {
            send(server, "GET " + path, "", "probe-" + server);
        }
        send(server, "GET /products/1", "", "after-" + server);
        this.lines.only("after-" + server);
        assertThat(this.lines.seen()).hasSize(1);
    }

    private static String send(AccessLineService.Server server, String start, String body, String id) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), AccessLineService.port(service(server)))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request(start, body, id));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static byte[] request(String start, String body, String id) {
        String headers = start
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: test\r\nX-Request-Id: " + id
                + "\r\n";
        if (!body.isEmpty()) {
            headers += "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        }
        return (headers + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ConfigurableApplicationContext service(AccessLineService.Server server) {
        return Objects.requireNonNull(SERVICES.get(server));
    }

    record Ending(String request, int status, String route, String outcome, Long bytes) {

    }

}
