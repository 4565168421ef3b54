package io.observability.e2e;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dialogue of the README with the packaged jar: both roles in one process, nothing
 * configured.
 */
class ShopE2eTests {

    private static final List<String> ELSEWHERE = new CopyOnWriteArrayList<>();

    private static Shop shop;

    private static Thread watcher;

    @BeforeAll
    static void start() throws Exception {
        shop = Shop.start();
        watcher = new Thread(ShopE2eTests::watchSockets);
        watcher.setDaemon(true);
        watcher.start();
    }

    @AfterAll
    static void stop() throws Exception {
        watcher.interrupt();
        shop.close();
    }

    @Test
    void answersHealth() throws Exception {
        HttpResponse<String> answer = shop.get("/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode body = Shop.json(answer.body());
        assertThat(Shop.text(body, "status")).isEqualTo("UP");
        JsonNode database = body.path("checks").path("db");
        assertThat(Shop.text(database, "status")).isEqualTo("UP");
        assertThat(database.path("durationMs").isNumber()).isTrue();
        assertThat(database.path("ageMs").isNumber()).isTrue();
        assertThat(shop.get("/livez").statusCode()).isEqualTo(200);
        assertThat(shop.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void answersMetrics() throws Exception {
        shop.get("/api/products?category=polo");
        Awaitility.await().untilAsserted(() -> {
            HttpResponse<String> answer = shop.get("/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).matches("text/plain; ?version=0.0.4;.*");
            assertThat(answer.body()).containsPattern(
                    "http_requests_total\\{[^}]*code=\"200\",[^}]*method=\"GET\",[^}]*route=\"/api/products\"");
        });
    }

    @Test
    void showsAProductPage() throws Exception {
        Awaitility.await().untilAsserted(() -> {
            HttpResponse<String> answer = shop.get("/api/products/2");
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode page = Shop.json(answer.body());
            assertThat(page.path("degraded")).isEmpty();
            assertThat(page.path("available").asInt()).isEqualTo(200);
        });
    }

    @Test
    void theLinesOfAnOrderShareOneTraceIdAndOneRequestIdEach() throws Exception {
        HttpResponse<String> answer = shop.post("/api/orders", Shop.ORDER, "X-Request-Id", "dialogue-1");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("dialogue-1");
        String orderId = Shop.text(Shop.json(answer.body()), "id");
        List<JsonNode> lines = Awaitility.await().until(() -> linesOfOrder(orderId), (found) -> found.size() >= 3);
        assertThat(lines).extracting((line) -> Shop.text(line, "message"))
            .anySatisfy((message) -> assertThat(message).startsWith("Stock reserved"))
            .anySatisfy((message) -> assertThat(message).startsWith("Order placed"))
            .anySatisfy((message) -> assertThat(message).startsWith("Order confirmation sent"));
        assertThat(lines).extracting((line) -> Shop.text(line, "trace_id"))
            .allMatch((id) -> id.matches("[0-9a-f]{32}"))
            .containsOnly(Shop.text(lines.get(0), "trace_id"));
        assertThat(lines).extracting((line) -> Shop.text(line, "span_id")).allMatch((id) -> id.matches("[0-9a-f]{16}"));
        assertThat(lines).extracting((line) -> Shop.text(line, "request_id")).containsOnly("dialogue-1");
        assertThat(lines).filteredOn((line) -> Shop.text(line, "message").startsWith("Order confirmation"))
            .extracting((line) -> Shop.text(line, "thread_name"))
            .allMatch((thread) -> thread.startsWith("task-"));
        assertThat(answer.headers().firstValue("X-Trace-Id")).contains(Shop.text(lines.get(0), "trace_id"));
    }

    @Test
    void writesNothingButJsonLinesWithTheIdentityOfTheService() throws Exception {
        shop.get("/api/products/1");
        assertThat(shop.lines()).isNotEmpty().allSatisfy((line) -> {
            assertThat(line.isObject()).isTrue();
            assertThat(Shop.text(line, "level")).isNotEmpty();
            assertThat(Shop.text(line, "message")).isNotEmpty();
        });
        assertThat(shop.process().errors()).isEmpty();
    }

    @Test
    void connectsToNobodyAndListensOnOnePort() throws Exception {
        Assumptions.assumeTrue(Sockets.canBeSeen(), "The sockets of a process can be seen on Linux alone");
        shop.post("/api/orders", Shop.ORDER);
        assertThat(Sockets.of(shop.process().pid()).listening()).singleElement()
            .asString()
            .endsWith(":%04X".formatted(shop.port()));
        assertThat(ELSEWHERE).isEmpty();
        assertThat(watcher.isAlive()).isTrue();
    }

    private static List<JsonNode> linesOfOrder(String orderId) {
        return shop.lines().stream().filter((line) -> orderId.equals(Shop.text(line, "order_id"))).toList();
    }

    private static void watchSockets() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                ELSEWHERE.addAll(Sockets.of(shop.process().pid()).elsewhere());
                Thread.sleep(20);
            }
            catch (IOException | InterruptedException ex) {
                return;
            }
        }
    }

}
