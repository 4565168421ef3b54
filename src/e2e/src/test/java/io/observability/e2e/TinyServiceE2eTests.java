package io.observability.e2e;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.observability.e2e.service.TinyService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services with nothing but a class path: what the starter does for each without a single
 * setting. Each runs with the jars of this module less those that it would not have.
 */
class TinyServiceE2eTests {

    private static final String SECURITY = "security";

    private static final String WEBFLUX = "webflux|reactor|netty|reactive-streams";

    private static final String SERVLET = "webmvc|tomcat|spring-boot-servlet|jakarta\\.servlet";

    private static final String LOG4J = "log4j-core|log4j-slf4j2|log4j-jul";

    private static final String LOGBACK = "logback-classic|logback-core|log4j-to-slf4j|jul-to-slf4j";

    private static final Pattern PORT = Pattern.compile("(?:Tomcat|Netty) started on port (\\d+)");

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void servletServiceAnswersEverythingWithoutASetting() throws Exception {
        try (ServerProcess process = start(SECURITY + "|" + WEBFLUX, "--server.port=0")) {
            int port = process.awaitPort(process.output(), PORT);
            answersHealthAndMetrics(port);
            HttpResponse<String> greeting = get(port, "/greeting/ada", "traceparent",
                    "00-" + TRACE_ID + "-00f067aa0ba902b7-01", "X-Request-Id", "order-7");
            assertThat(greeting.body()).isEqualTo("Hello ada");
            assertThat(greeting.headers().firstValue("X-Request-Id")).hasValue("order-7");
            assertThat(greeting.headers().firstValue("X-Trace-Id")).hasValue(TRACE_ID);
            JsonNode line = line(process, "Greeting ada");
            assertThat(line.path("trace_id").asString()).isEqualTo(TRACE_ID);
            assertThat(line.path("span_id").asString()).matches("[0-9a-f]{16}");
            assertThat(line.path("request_id").asString()).isEqualTo("order-7");
            // One is a fluent call, the other has structured arguments.
            assertThatGuestIsAMember(line);
            get(port, "/farewell/ada");
            assertThatGuestIsAMember(line(process, "Farewell guest=ada"));
            assertThat(get(port, "/metrics").body()).contains("http_requests_total{")
                .contains("route=\"/greeting/{name}\"");
            assertThat(get(port, "/actuator/metrics").statusCode()).isEqualTo(404);
            assertThat(get(port, "/actuator/health").body())
                .isEqualTo("{\"groups\":[\"liveness\",\"readiness\"]," + "\"status\":\"UP\"}");
            everyLineIsJson(process);
        }
    }

    @Test
    void reactiveServiceGetsTheEndpointsAndTheIds() throws Exception {
        try (ServerProcess process = start(SECURITY + "|" + SERVLET, "--server.port=0")) {
            int port = process.awaitPort(process.output(), PORT);
            answersHealthAndMetrics(port);
            HttpResponse<String> greeting = get(port, "/greeting/ada", "traceparent",
                    "00-" + TRACE_ID + "-00f067aa0ba902b7-01", "X-Request-Id", "order-7");
            assertThat(greeting.body()).isEqualTo("Hello ada");
            assertThat(greeting.headers().firstValue("X-Request-Id")).hasValue("order-7");
            assertThat(greeting.headers().firstValue("X-Trace-Id")).hasValue(TRACE_ID);
            JsonNode line = line(process, "Greeting ada");
            assertThat(line.path("trace_id").asString()).isEqualTo(TRACE_ID);
            assertThat(line.path("request_id").asString()).isEqualTo("order-7");
            assertThat(get(port, "/metrics").body()).contains("route=\"/greeting/{name}\"");
            assertThat(line(process, "Observability: ").path("message").asString())
                .contains("http on (requests by the starter's own handler: nothing changes Spring's observation)");
            everyLineIsJson(process);
        }
    }

    @Test
    void secureServiceAnswersProbesAndGuardsTheRest() throws Exception {
        try (ServerProcess process = start(WEBFLUX, "--server.port=0")) {
            int port = process.awaitPort(process.output(), PORT);
            awaitReady(port);
            assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(port, "/metrics").statusCode()).isEqualTo(401);
            HttpResponse<String> refused = get(port, "/greeting/ada", "X-Request-Id", "order-7");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("X-Request-Id")).hasValue("order-7");
            assertThat(line(process, "Observability:").path("message").asString()).contains("/metrics");
        }
    }

    @Test
    void managementPortTakesMetricsAndAnswersProbesToo() throws Exception {
        try (ServerProcess process = start(SECURITY + "|" + WEBFLUX, "--server.port=0", "--management.server.port=0")) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> ports(process).size() == 2);
            int application = ports(process).get(0);
            int management = ports(process).get(1);
            awaitReady(application);
            for (int port : new int[] { application, management }) {
                assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
                assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
                assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
            }
            assertThat(get(application, "/metrics").statusCode()).isEqualTo(404);
            assertThat(get(management, "/metrics").body()).contains("process_cpu_seconds_total");
        }
    }

    @Test
    void serviceWithoutAWebServerSaysWhatItLacks() throws Exception {
        try (ServerProcess process = start(SECURITY + "|" + WEBFLUX + "|" + SERVLET + "|spring-web")) {
            String report = line(process, "Observability:").path("message").asString();
            assertThat(report).contains("surface off (no web server; missing: ").contains("spring-boot-starter-webmvc");
            assertThat(process.terminate()).isIn(0, 143);
            everyLineIsJson(process);
        }
    }

    @Test
    void aLogbackConfigurationOfTheServiceIncludesTheLines(@TempDir Path classes) throws Exception {
        Files.writeString(classes.resolve("logback-spring.xml"), """
                <configuration>
                  <include resource="io/observability/starter/logging/appender.xml"/>
                  <root level="INFO"><appender-ref ref="OBSERVABILITY"/></root>
                </configuration>
                """);
        try (ServerProcess process = startWith(classes + File.pathSeparator, SECURITY + "|" + WEBFLUX + "|" + LOG4J,
                "--server.port=0", "--spring.main.banner-mode=off")) {
            int port = process.awaitPort(process.output(), PORT);
            awaitReady(port);
            get(port, "/greeting/ada", "X-Request-Id", "order-7");
            JsonNode line = line(process, "Greeting ada");
            assertThatGuestIsAMember(line);
            assertThat(line.path("request_id").asString()).isEqualTo("order-7");
            assertThat(line(process, "Observability:").path("message").asString()).contains("logging on (")
                .contains("by logback-spring.xml");
            everyLineIsJson(process);
        }
    }

    @Test
    void withLog4jItsOwnLinesHaveTheIdsInTheirContext() throws Exception {
        try (ServerProcess process = startWith("", SECURITY + "|" + WEBFLUX + "|" + LOGBACK, "--server.port=0",
                "--logging.pattern.console=%X{trace_id} %X{request_id} %m%n")) {
            int port = process.awaitPort(process.output(), PORT);
            awaitReady(port);
            get(port, "/greeting/ada", "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01", "X-Request-Id",
                    "order-7");
            Awaitility.await()
                .untilAsserted(() -> assertThat(process.output()).contains(TRACE_ID + " order-7 Greeting ada"));
            assertThat(process.output()).anyMatch((line) -> line.contains("logging stepped back ("));
        }
    }

    private static void assertThatGuestIsAMember(JsonNode line) {
        assertThat(line.path("guest").asString()).isEqualTo("ada");
        assertThat(line.path("visits").isNumber()).isTrue();
        assertThat(line.path("visits").asInt()).isEqualTo(3);
    }

    // The port is open a moment before the application says that it is ready.
    private void awaitReady(int port) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> get(port, "/readyz").statusCode() == 200);
    }

    private void answersHealthAndMetrics(int port) throws Exception {
        awaitReady(port);
        HttpResponse<String> health = get(port, "/healthz");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode body = JsonMapper.shared().readTree(health.body());
        assertThat(body.path("status").asString()).isEqualTo("UP");
        body.path("checks").forEach((check) -> {
            assertThat(check.path("status").asString()).isNotEmpty();
            assertThat(check.path("durationMs").isNumber()).isTrue();
            assertThat(check.path("ageMs").isNumber()).isTrue();
        });
        assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
        assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
        HttpResponse<String> metrics = get(port, "/metrics");
        // Tomcat writes the header without the spaces between its parameters.
        assertThat(metrics.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
            .isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(metrics.body()).contains("process_cpu_seconds_total");
    }

    private static List<Integer> ports(ServerProcess process) {
        return process.output()
            .stream()
            .map(PORT::matcher)
            .filter((matcher) -> matcher.find())
            .map((matcher) -> Integer.valueOf(matcher.group(1)))
            .toList();
    }

    private static JsonNode line(ServerProcess process, String message) {
        return Awaitility.await(message)
            .atMost(Duration.ofMinutes(2))
            .until(() -> process.output()
                .stream()
                .filter((line) -> line.contains(message))
                .findFirst()
                .map(JsonMapper.shared()::readTree)
                .orElse(null), (line) -> line != null);
    }

    private static void everyLineIsJson(ServerProcess process) {
        assertThat(process.output()).isNotEmpty().allSatisfy((line) -> {
            JsonNode json = JsonMapper.shared().readTree(line);
            assertThat(json.path("@timestamp").asString()).isNotEmpty();
            assertThat(json.path("level").asString()).isNotEmpty();
            assertThat(json.has("message")).isTrue();
        });
    }

    private HttpResponse<String> get(int port, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ServerProcess start(String withoutJars, String... arguments) throws IOException {
        return startWith("", withoutJars + "|" + LOG4J, arguments);
    }

    private static ServerProcess startWith(String classes, String withoutJars, String... arguments) throws IOException {
        Pattern without = Pattern.compile(withoutJars);
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter((entry) -> !without.matcher(new File(entry).getName()).find())
            .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes + classPath, TinyService.class.getName());
        builder.command().addAll(List.of(arguments));
        return new ServerProcess(builder);
    }

}
