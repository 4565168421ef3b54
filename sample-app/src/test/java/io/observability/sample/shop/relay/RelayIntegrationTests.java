package io.observability.sample.shop.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ActiveProfiles("test")
class RelayIntegrationTests {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Autowired
    private RestTestClient client;

    private final Queue<Received> received = new ConcurrentLinkedQueue<>();

    private HttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.createContext("/", (exchange) -> {
            this.received.add(new Received(exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("traceparent"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/bad") ? 500 : 200, -1);
            exchange.close();
        });
        this.server.start();
    }

    @AfterEach
    void stopServer() {
        this.server.stop(0);
    }

    @Test
    void callsInOrderWithTheContext() {
        this.client.post()
            .uri("/test")
            .header("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01")
            .body(List.of(call("/first", List.of()), call("/bad", List.of()), call("/last", Map.of("a", 1))))
            .exchange()
            .expectStatus()
            .isOk();
        assertThat(this.received).extracting(Received::path).containsExactly("/first", "/bad", "/last");
        assertThat(this.received).extracting(Received::body).containsExactly("[]", "[]", "{\"a\":1}");
        assertThat(this.received).extracting(Received::traceparent)
            .allMatch((header) -> header.startsWith("00-" + TRACE_ID + "-") && !header.contains("00f067aa0ba902b7"));
    }

    @Test
    void callsNothingIfOneUrlIsElsewhere() {
        this.client.post()
            .uri("/test")
            .body(List.of(call("/first", List.of()), Map.of("url", "http://203.0.113.7/", "arguments", List.of())))
            .exchange()
            .expectStatus()
            .isBadRequest();
        assertThat(this.received).isEmpty();
    }

    private Map<String, Object> call(String path, Object arguments) {
        return Map.of("url", "http://localhost:" + this.server.getAddress().getPort() + path, "arguments", arguments);
    }

    private record Received(String path, String traceparent, String body) {

    }

}
