package io.observability.e2e;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop and the inventory as two processes, up to their end.
 */
class TwoServicesE2eTests {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void oneTraceRunsThroughBothAndBothEndGracefully() throws Exception {
        try (Shop inventory = Shop.start("--spring.profiles.active=inventory");
                Shop shop = Shop.start("--spring.profiles.active=shop", "--shop.inventory.url=" + inventory.url(),
                        "--shop.failures.enabled=true")) {
            order(inventory, shop);
            endWhileARequestIsOnItsWay(shop);
            endGracefully(inventory);
        }
    }

    private static void order(Shop inventory, Shop shop) throws Exception {
        HttpResponse<String> answer = shop.post("/api/orders", Shop.ORDER, "traceparent",
                "00-" + TRACE_ID + "-00f067aa0ba902b7-01", "X-Request-Id", "two-services");
        assertThat(answer.statusCode()).isEqualTo(201);
        Awaitility.await().untilAsserted(() -> {
            assertThat(messages(shop.lines(TRACE_ID))).anyMatch((message) -> message.startsWith("Order placed"))
                .anyMatch((message) -> message.startsWith("Order confirmation sent"));
            assertThat(messages(inventory.lines(TRACE_ID))).anyMatch((message) -> message.startsWith("Stock reserved"));
        });
        assertThat(inventory.lines(TRACE_ID)).extracting((line) -> Shop.text(line, "request_id"))
            .containsOnly("two-services");
    }

    private static void endWhileARequestIsOnItsWay(Shop shop) throws Exception {
        String begun = shop.post("/actuator/failures/latency", "{\"delay\":\"3s\",\"duration\":\"1m\"}").body();
        assertThat(begun).contains("LATENCY");
        int lines = shop.lines().size();
        CompletableFuture<HttpResponse<String>> answer = shop.getLater("/api/products?category=polo");
        // The request is inside once it is counted as one in flight.
        Awaitility.await()
            .untilAsserted(() -> assertThat(shop.get("/metrics").body())
                .containsPattern("(?m)^http_requests_in_flight(\\{.*})? 1\\.0"));
        assertThat(shop.process().terminate()).isEqualTo(143);
        assertThat(answer.get(1, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(messages(shop.lines())).hasSizeGreaterThan(lines)
            .anyMatch((message) -> message.startsWith("Graceful shutdown complete"));
        assertThat(shop.process().errors()).isEmpty();
    }

    private static void endGracefully(Shop inventory) throws Exception {
        assertThat(inventory.process().terminate()).isEqualTo(143);
        assertThat(messages(inventory.lines())).anyMatch((message) -> message.startsWith("Graceful shutdown complete"));
    }

    private static List<String> messages(List<JsonNode> lines) {
        return lines.stream().map((line) -> Shop.text(line, "message")).toList();
    }

}
