package io.observability.starter.context.reactive;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.channel.EventLoopGroup;
import io.observability.starter.context.RequestIds;
import io.observability.starter.request.HttpEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request ids on a real WebFlux server.
 */
@ParameterizedClass
@EnumSource(names = { "DIRECT", "OBSERVATION" })
class RequestIdHandlerDecoratorIntegrationTests {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Map<String, Map<String, String>> LINES = new ConcurrentHashMap<>();

    private static final AppenderBase<ILoggingEvent> RECORDER = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            LINES.put(event.getFormattedMessage(), Map.copyOf(event.getMDCPropertyMap()));
        }
    };

    private static ConfigurableApplicationContext context;

    @Parameter
    HttpEngine engine;

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
            .properties("server.port=0", "spring.main.banner-mode=off", "observability.http.engine=" + engine,
                    // See TestService: a kept connection may be left unread.
                    "server.netty.max-keep-alive-requests=1")
            .run();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        RECORDER.setContext(root.getLoggerContext());
        RECORDER.start();
        root.addAppender(RECORDER);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(RECORDER);
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/now", "/delayed", "/switched", "/blocking" })
    void operatorsSeeTheIdOnEachThread(String path) throws Exception {
        HttpResponse<String> response = get(path, "X-Request-Id", "order-7");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("order-7");
        assertThat(response.body()).startsWith("order-7 ").matches("\\S+ [0-9a-f]{32}");
    }

    @Test
    void withoutAnIdEachRequestGetsANewOne() throws Exception {
        HttpResponse<String> first = get("/now");
        HttpResponse<String> second = get("/now");
        assertThat(id(first)).matches(RequestIds::isValid).isNotEqualTo(id(second));
        assertThat(first.body()).startsWith(id(first));
    }

    @Test
    void twoIdsAreNoId() throws Exception {
        HttpResponse<String> response = get("/now", "X-Request-Id", "one", "X-Request-Id", "two");
        assertThat(id(response)).matches(RequestIds::isValid).isNotIn("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"level\":\"ERROR\",\"hostile\":1}", "hostile\u00e4\u20ac", "hostile hostile",
            "hostile,hostile", "hostile\u0007", "hostile\r\n Set-Cookie: folded=1", "hostile\rX: 1",
            "${jndi:ldap://hostile/a}", "hostileaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
    void hostileIdAppearsNowhere(String hostile) throws Exception {
        LINES.clear();
        try (Socket socket = new Socket("localhost", port(context))) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /now HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + hostile
                    + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("hostile").doesNotContain("folded");
        }
        get("/now");
        assertThat(LINES).isNotEmpty()
            .allSatisfy((line, fields) -> assertThat(fields.values())
                .allSatisfy((value) -> assertThat(value).doesNotContain("hostile").doesNotContain("folded")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/fail", "/delayed-fail" })
    void lineOfAnUnhandledExceptionHasTheId(String path) throws Exception {
        LINES.clear();
        HttpResponse<String> response = get(path, "X-Request-Id", "error-1");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(id(response)).isEqualTo("error-1");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(LINES.entrySet())
                .anySatisfy((line) -> assertThat(line.getKey()).contains("500 Server Error")));
        assertThat(LINES.entrySet()).filteredOn((line) -> line.getKey().contains("500 Server Error"))
            .allSatisfy((line) -> assertThat(line.getValue()).containsEntry("request_id", "error-1"));
    }

    @Test
    void nothingStaysOnTheThreads() throws Exception {
        Endpoints.workers.clear();
        List<String> paths = List.of("/now", "/delayed", "/switched", "/blocking", "/fail", "/delayed-fail",
                "/nowhere");
        CompletableFuture<?>[] requests = new CompletableFuture<?>[210];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = CLIENT.sendAsync(HttpRequest.newBuilder(uri(context, paths.get(i % paths.size())))
                .header("X-Request-Id", "load-" + i)
                .build(), HttpResponse.BodyHandlers.ofString());
        }
        CompletableFuture.allOf(requests).get();
        Set<String> workers = Set.copyOf(Endpoints.workers);
        assertThat(workers).isNotEmpty();
        Map<String, Map<String, String>> left = new ConcurrentHashMap<>();
        Runnable look = () -> {
            Map<String, String> fields = MDC.getCopyOfContextMap();
            left.put(Thread.currentThread().getName(), (fields != null) ? fields : Map.of());
        };
        EventLoopGroup loops = HttpResources.get().onServer(true);
        // The elastic scheduler takes the thread that rests least; so all are kept busy
        // at once.
        int elastic = (int) workers.stream().filter((worker) -> worker.startsWith("boundedElastic")).count();
        CountDownLatch busy = new CountDownLatch(elastic);
        for (int i = 0; i < elastic; i++) {
            Schedulers.boundedElastic().schedule(() -> {
                look.run();
                busy.countDown();
                await(busy);
            });
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            loops.forEach((loop) -> loop.execute(look));
            Schedulers.parallel().schedule(look);
            assertThat(left.keySet()).containsAll(workers);
        });
        assertThat(left).allSatisfy((thread, fields) -> assertThat(fields).as(thread)
            .doesNotContainKeys("trace_id", "span_id", "request_id"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static int port(ConfigurableApplicationContext context) {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    private static URI uri(ConfigurableApplicationContext context, String path) {
        return URI.create("http://localhost:" + port(context) + path);
    }

    private static String id(HttpResponse<String> response) {
        assertThat(response.headers().allValues("X-Request-Id")).hasSize(1);
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(uri(context, path), headers);
    }

    private static HttpResponse<String> send(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = {
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration" })
    @Import(Endpoints.class)
    static class Application {

        @Bean
        ReactiveWebServerFactory webServerFactory() {
            return new NettyReactiveWebServerFactory(0);
        }

    }

    @RestController
    static class Endpoints {

        private static final Set<String> workers = ConcurrentHashMap.newKeySet();

        @GetMapping("/now")
        Mono<String> now() {
            return Mono.fromSupplier(Endpoints::ids);
        }

        @GetMapping("/delayed")
        Mono<String> delayed() {
            return Mono.delay(Duration.ofMillis(5)).map((tick) -> ids());
        }

        @GetMapping("/switched")
        Mono<String> switched() {
            return Mono.just("")
                .publishOn(Schedulers.parallel())
                .map((value) -> ids())
                .publishOn(Schedulers.boundedElastic())
                .map((value) -> value.equals(ids()) ? value : "differs");
        }

        @GetMapping("/blocking")
        Mono<String> blocking() {
            return Mono.fromCallable(Endpoints::ids).subscribeOn(Schedulers.boundedElastic());
        }

        @GetMapping("/fail")
        Mono<String> fail() {
            throw new IllegalStateException("expected");
        }

        @GetMapping("/delayed-fail")
        Mono<String> delayedFail() {
            return Mono.delay(Duration.ofMillis(5))
                .flatMap((tick) -> Mono.error(new IllegalStateException("expected")));
        }

        private static String ids() {
            workers.add(Thread.currentThread().getName());
            LoggerFactory.getLogger(Endpoints.class).info("logged");
            return MDC.get("request_id") + " " + MDC.get("trace_id");
        }

    }

}
