package io.observability.starter.context.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hops that Spring itself offers: asynchronous and scheduled methods, and HTTP
 * clients, with a real tracer.
 */
class ContextHopsIntegrationTests {

    private static final BlockingQueue<HttpHeaders> RECEIVED = new LinkedBlockingQueue<>();

    private static ConfigurableApplicationContext context;

    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", (exchange) -> {
            HttpHeaders headers = new HttpHeaders();
            exchange.getRequestHeaders().forEach(headers::addAll);
            RECEIVED.add(headers);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        context = run();
    }

    @AfterAll
    static void stop() {
        context.close();
        server.stop(0);
    }

    @BeforeEach
    void clear() {
        RECEIVED.clear();
    }

    @AfterEach
    void nothingStaysOnTheCaller() {
        MDC.remove("request_id");
        assertThat(Ids.now(context)).isEqualTo(Ids.NONE);
    }

    @Test
    void asyncMethodHasTheIdsOfItsCaller() throws Exception {
        carriesThroughAsyncMethods(context);
        assertThat(context.getBean(ExecutorContextPostProcessor.class).carried()).contains("applicationTaskExecutor");
    }

    @Test
    void executorOfSpringBootHasASwitchOfItsOwn() throws Exception {
        try (ConfigurableApplicationContext own = run("spring.task.execution.propagate-context=false")) {
            CompletableFuture<?>[] ids = new CompletableFuture<?>[1];
            inRequest(own, () -> ids[0] = own.getBean(Tasks.class).ids());
            assertThat(ids[0].get(5, TimeUnit.SECONDS)).isEqualTo(Ids.NONE);
            assertThat(own.getBean(ExecutorContextPostProcessor.class).carried())
                .doesNotContain("applicationTaskExecutor");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before Java 21")
    void asyncMethodOnAVirtualThreadHasTheIdsOfItsCaller() throws Exception {
        try (ConfigurableApplicationContext own = run("spring.threads.virtual.enabled=true")) {
            carriesThroughAsyncMethods(own);
        }
    }

    @Test
    void eachRunOfAScheduledMethodHasATraceOfItsOwn() throws Exception {
        BlockingQueue<Ids> runs = context.getBean(Tasks.class).runs();
        runs.clear();
        List<Ids> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seen.add(runs.poll(5, TimeUnit.SECONDS));
        }
        assertThat(seen).allSatisfy((ids) -> {
            assertThat(ids.traceId()).hasSize(32).isEqualTo(ids.mdcTraceId());
            assertThat(ids.requestId()).isNull();
        });
        assertThat(seen).extracting(Ids::traceId).doesNotHaveDuplicates();
    }

    @Test
    void restClientPassesTheIdsOn() throws Exception {
        RestClient client = context.getBean(RestClient.Builder.class).build();
        Ids caller = inRequest(context, () -> client.get().uri(url()).retrieve().toBodilessEntity());
        passedOn(caller);
    }

    @Test
    void restTemplatePassesTheIdsOn() throws Exception {
        RestTemplateBuilder builder = context.getBean(RestTemplateBuilder.class);
        Ids caller = inRequest(context, () -> builder.build().getForEntity(url(), String.class));
        passedOn(caller);
    }

    @Test
    void clientOnAnotherThreadPassesTheIdsOn() throws Exception {
        RestClient client = context.getBean(RestClient.Builder.class).build();
        Tasks tasks = context.getBean(Tasks.class);
        CompletableFuture<?>[] done = new CompletableFuture<?>[1];
        Ids caller = inRequest(context,
                () -> done[0] = tasks.call(() -> client.get().uri(url()).retrieve().toBodilessEntity()));
        done[0].get(5, TimeUnit.SECONDS);
        passedOn(caller);
    }

    @Test
    void idThatTheApplicationSendsItselfStays() throws Exception {
        RestClient client = context.getBean(RestClient.Builder.class).build();
        inRequest(context, () -> client.get().uri(url()).header("X-Request-Id", "own").retrieve().toBodilessEntity());
        assertThat(received().get("X-Request-Id")).containsExactly("own");
    }

    @Test
    void outsideARequestThereIsNoIdToPassOn() throws Exception {
        context.getBean(RestClient.Builder.class).build().get().uri(url()).retrieve().toBodilessEntity();
        assertThat(received().containsHeader("X-Request-Id")).isFalse();
    }

    @Test
    void passingOnCanBeSwitchedOff() throws Exception {
        try (ConfigurableApplicationContext own = run("observability.context.request-id.propagate=false")) {
            RestClient client = own.getBean(RestClient.Builder.class).build();
            inRequest(own, () -> client.get().uri(url()).retrieve().toBodilessEntity());
            assertThat(received().containsHeader("X-Request-Id")).isFalse();
        }
    }

    @Test
    void headerToPassOnCanBeNamed() throws Exception {
        try (ConfigurableApplicationContext own = run("observability.context.request-id.header=X-Correlation-Id")) {
            RestClient client = own.getBean(RestClient.Builder.class).build();
            inRequest(own, () -> client.get().uri(url()).retrieve().toBodilessEntity());
            HttpHeaders headers = received();
            assertThat(headers.get("X-Correlation-Id")).containsExactly("r-1");
            assertThat(headers.containsHeader("X-Request-Id")).isFalse();
        }
    }

    private static void carriesThroughAsyncMethods(ConfigurableApplicationContext context) throws Exception {
        Tasks tasks = context.getBean(Tasks.class);
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Ids> fromVoid = new CompletableFuture<>();
            List<CompletableFuture<Ids>> returned = new ArrayList<>();
            Ids caller = inRequest(context, () -> {
                tasks.run(() -> fromVoid.complete(Ids.now(context)));
                returned.add(tasks.ids());
            });
            assertThat(fromVoid.get(5, TimeUnit.SECONDS)).isEqualTo(caller);
            assertThat(returned.get(0).get(5, TimeUnit.SECONDS)).isEqualTo(caller);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(tasks.ids().get(5, TimeUnit.SECONDS)).isEqualTo(Ids.NONE);
        }
    }

    private static void passedOn(Ids caller) throws InterruptedException {
        HttpHeaders headers = received();
        assertThat(headers.get("X-Request-Id")).containsExactly(caller.requestId());
        assertThat(headers.get("traceparent")).hasSize(1).first().asString().startsWith("00-" + caller.traceId() + "-");
    }

    private static HttpHeaders received() throws InterruptedException {
        HttpHeaders headers = RECEIVED.poll(5, TimeUnit.SECONDS);
        assertThat(headers).isNotNull();
        return headers;
    }

    private static String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    private static ConfigurableApplicationContext run(String... properties) {
        return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off", "spring.task.execution.pool.core-size=2")
            .run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new));
    }

    private static Ids inRequest(ConfigurableApplicationContext context, Runnable action) {
        MDC.put("request_id", "r-1");
        Ids[] ids = new Ids[1];
        Observation.createNotStarted("caller", context.getBean(ObservationRegistry.class)).observe(() -> {
            ids[0] = Ids.now(context);
            action.run();
            assertThat(Ids.now(context)).isEqualTo(ids[0]);
        });
        MDC.remove("request_id");
        assertThat(ids[0].traceId()).hasSize(32);
        assertThat(Set.of(ids[0].mdcTraceId())).containsExactly(ids[0].traceId());
        return ids[0];
    }

    private record Ids(String traceId, String mdcTraceId, String requestId) {

        private static final Ids NONE = new Ids(null, null, null);

        static Ids now(ConfigurableApplicationContext context) {
            return now(context.getBean(Tracer.class));
        }

        static Ids now(Tracer tracer) {
            String traceId = (tracer.currentSpan() != null) ? tracer.currentSpan().context().traceId() : null;
            return new Ids(traceId, MDC.get("trace_id"), MDC.get("request_id"));
        }

    }

    static class Tasks {

        private final BlockingQueue<Ids> scheduled = new LinkedBlockingQueue<>();

        private final Tracer tracer;

        Tasks(Tracer tracer) {
            this.tracer = tracer;
        }

        @Async
        void run(Runnable task) {
            task.run();
        }

        @Async
        CompletableFuture<Ids> ids() {
            return CompletableFuture.completedFuture(Ids.now(this.tracer));
        }

        @Async
        CompletableFuture<Object> call(Runnable task) {
            task.run();
            return CompletableFuture.completedFuture("done");
        }

        BlockingQueue<Ids> runs() {
            return this.scheduled;
        }

        @Scheduled(fixedRate = 20)
        void scheduled() {
            this.scheduled.add(Ids.now(this.tracer));
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync(proxyTargetClass = true)
    @EnableScheduling
    static class Application {

        @Bean
        Tasks tasks(Tracer tracer) {
            return new Tasks(tracer);
        }

    }

}
