package io.observability.starter.context.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.RequestIds;
import io.observability.starter.request.HttpEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request ids on real servers with few threads.
 */
@ParameterizedClass
@MethodSource("services")
class RequestIdFilterIntegrationTests {

    private static final List<String> FIELDS = List.of("trace_id", "span_id", "request_id");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext context;

    private final RequestIdService.Server server;

    private final HttpEngine engine;

    private final Recorder recorder = new Recorder();

    RequestIdFilterIntegrationTests(RequestIdService.Server server, HttpEngine engine) {
        this.server = server;
        this.engine = engine;
    }

    static Stream<Arguments> services() {
        return Arrays.stream(RequestIdService.Server.values())
            .flatMap((server) -> Stream.of(HttpEngine.DIRECT, HttpEngine.OBSERVATION)
                .map((engine) -> Arguments.of(server, engine)));
    }

    @BeforeParameterizedClassInvocation
    static void start(RequestIdService.Server server, HttpEngine engine) {
        context = start(server, engine, "spring.task.execution.pool.core-size=2");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        context.close();
    }

    // For each test anew: a context that starts resets the appenders.
    @BeforeEach
    void record() {
        this.recorder.setContext(root().getLoggerContext());
        this.recorder.start();
        root().addAppender(this.recorder);
    }

    @AfterEach
    void detach() {
        root().detachAppender(this.recorder);
    }

    @Test
    void validIdIsTakenAndAnswered() throws Exception {
        HttpResponse<String> response = get("/ids", "X-Request-Id", "order-7.a_B");
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("order-7.a_B");
        assertThat(response.body()).startsWith("order-7.a_B ").matches("\\S+ [0-9a-f]{32}");
    }

    @Test
    void withoutAnIdEachRequestGetsANewOne() throws Exception {
        String first = id(get("/ids"));
        assertThat(first).matches(RequestIds::isValid).isNotEqualTo(id(get("/ids")));
    }

    @Test
    void twoIdsAreNoId() throws Exception {
        HttpResponse<String> response = get("/ids", "X-Request-Id", "one", "X-Request-Id", "two");
        assertThat(id(response)).matches(RequestIds::isValid).isNotIn("one", "two");
        assertThat(response.body()).startsWith(id(response) + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"level\":\"ERROR\",\"hostile\":1}", "hostile\u00e4\u20ac", "hostile hostile",
            "hostile,hostile", "hostile%0d%0aSet-Cookie:x=1", "hostile\u0007", "hostile\r\n Set-Cookie: folded=1",
            "hostile\rX: 1", "hostileaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "<script>hostile</script>", "${jndi:ldap://hostile/a}", "hostile\u2028" })
    void hostileIdAppearsNowhere(String hostile) throws Exception {
        String answer = raw(
                "GET /ids HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + hostile + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("hostile").doesNotContain("folded");
        get("/ids");
        // The access line is written when the client has its answer.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.recorder.fields.isEmpty());
        assertThat(this.recorder.fields).allSatisfy((fields) -> assertThat(fields.values())
            .allSatisfy((value) -> assertThat(value).doesNotContain("hostile").doesNotContain("folded")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/callable", "/deferred" })
    void idIsTheSameAfterAnAsyncDispatch(String path) throws Exception {
        HttpResponse<String> response = get(path, "X-Request-Id", "async-1");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("async-1");
        assertThat(response.body()).startsWith("\"async-1 ");
        assertThat(this.recorder.last("async dispatch done")).containsEntry("request_id", "async-1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/fail", "/send-error", "/callable-fail" })
    void idIsTheSameInTheErrorDispatch(String path) throws Exception {
        HttpResponse<String> response = get(path, "X-Request-Id", "error-1");
        assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("error-1");
        assertThat(response.body()).startsWith("error-page error-1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/fail", "/callable-fail" })
    void theContainersLineOfAnUnhandledExceptionHasTheIds(String path) throws Exception {
        get(path, "X-Request-Id", "unhandled-1", "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.recorder.failures.isEmpty());
        assertThat(this.recorder.failures)
            .allSatisfy((fields) -> assertThat(fields).containsEntry("request_id", "unhandled-1")
                .containsEntry("trace_id", "0af7651916cd43dd8448eb211c80319c")
                .containsKey("span_id"));
    }

    @Test
    void nothingStaysOnThePooledThreads() throws Exception {
        RequestIdService.Application.workers.clear();
        List<String> paths = List.of("/ids", "/fail", "/callable", "/deferred", "/callable-fail", "/send-error",
                "/nowhere");
        CompletableFuture<?>[] requests = new CompletableFuture<?>[210];
        for (int i = 0; i < requests.length; i++) {
            URI uri = uri(paths.get(i % paths.size()));
            requests[i] = CLIENT.sendAsync(HttpRequest.newBuilder(uri).header("X-Request-Id", "load-" + i).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        CompletableFuture.allOf(requests).get();
        Set<String> workers = Set.copyOf(RequestIdService.Application.workers);
        assertThat(workers).hasSizeGreaterThan(2);
        Map<String, Map<String, String>> left = new ConcurrentHashMap<>();
        Executor tasks = context.getBean("applicationTaskExecutor", ThreadPoolTaskExecutor.class);
        Runnable look = () -> {
            Map<String, String> fields = MDC.getCopyOfContextMap();
            left.put(Thread.currentThread().getName(), (fields != null) ? fields : Map.of());
        };
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            this.server.pool(webServer()).execute(look);
            tasks.execute(look);
            return left.keySet().containsAll(workers);
        });
        assertThat(left).allSatisfy(
                (thread, fields) -> assertThat(fields).as(thread).doesNotContainKeys(FIELDS.toArray(String[]::new)));
    }

    @Test
    void idsFromOutsideCanBeDistrustedAndTheAnswerSwitchedOff() throws Exception {
        try (ConfigurableApplicationContext own = start(this.server, this.engine,
                "observability.context.request-id.accept=false", "observability.context.request-id.respond=false")) {
            int port = ((WebServerApplicationContext) own).getWebServer().getPort();
            HttpResponse<String> response = send(URI.create("http://localhost:" + port + "/ids"), "X-Request-Id",
                    "mine");
            assertThat(response.headers().firstValue("X-Request-Id")).isEmpty();
            assertThat(response.body().split(" ")[0]).matches(RequestIds::isValid).isNotEqualTo("mine");
        }
    }

    @Test
    void headerCanBeNamed() throws Exception {
        try (ConfigurableApplicationContext own = start(this.server, this.engine,
                "observability.context.request-id.header=X-Correlation-Id")) {
            int port = ((WebServerApplicationContext) own).getWebServer().getPort();
            HttpResponse<String> response = send(URI.create("http://localhost:" + port + "/ids"), "X-Correlation-Id",
                    "mine", "X-Request-Id", "other");
            assertThat(response.headers().firstValue("X-Correlation-Id")).hasValue("mine");
            assertThat(response.headers().firstValue("X-Request-Id")).isEmpty();
            assertThat(response.body()).startsWith("mine ");
        }
    }

    private static ConfigurableApplicationContext start(RequestIdService.Server server, HttpEngine engine,
            String... properties) {
        return new SpringApplicationBuilder(RequestIdService.Application.class, server.configuration)
            .properties(properties)
            .properties("observability.http.engine=" + engine, "server.port=0", "spring.main.banner-mode=off",
                    "server.tomcat.threads.max=3", "server.tomcat.threads.min-spare=3", "server.jetty.threads.max=8",
                    "server.jetty.threads.min=8")
            .run();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static WebServer webServer() {
        return ((WebServerApplicationContext) context).getWebServer();
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + webServer().getPort() + path);
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(uri(path), headers);
    }

    private static HttpResponse<String> send(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> response) {
        assertThat(response.headers().allValues("X-Request-Id")).hasSize(1);
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", webServer().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * What the events carry at the moment in which they are logged.
     */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final List<Map<String, String>> fields = new CopyOnWriteArrayList<>();

        private final Map<String, Map<String, String>> lines = new ConcurrentHashMap<>();

        private final List<Map<String, String>> failures = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            Map<String, String> mdc = Map.copyOf(event.getMDCPropertyMap());
            this.fields.add(mdc);
            this.lines.put(event.getFormattedMessage(), mdc);
            boolean ofTheContainer = event.getLoggerName().startsWith("org.apache.catalina")
                    || event.getLoggerName().startsWith("org.eclipse.jetty");
            if (ofTheContainer && event.getThrowableProxy() instanceof ThrowableProxy proxy) {
                Map<String, String> found = FailureContexts.find(proxy.getThrowable());
                this.failures.add((found != null) ? found : Map.of());
            }
        }

        Map<String, String> last(String message) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.lines.containsKey(message));
            return this.lines.get(message);
        }

    }

}
