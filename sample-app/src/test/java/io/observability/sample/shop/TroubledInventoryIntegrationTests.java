package io.observability.sample.shop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop alone, with an inventory that is slow or broken.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "shop.roles=shop", "shop.page.deadline=300ms", "shop.inventory.read-timeout=600ms" })
@AutoConfigureRestTestClient
class TroubledInventoryIntegrationTests {

    private static final Queue<String> CALLS = new ConcurrentLinkedQueue<>();

    private static final CountDownLatch END = new CountDownLatch(1);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static final HttpServer INVENTORY = startInventory();

    private static volatile boolean hangs;

    @Autowired
    private RestTestClient client;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void inventory(DynamicPropertyRegistry registry) {
        registry.add("shop.inventory.url", () -> "http://127.0.0.1:" + INVENTORY.getAddress().getPort());
    }

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
    }

    @AfterAll
    static void stopInventory() {
        END.countDown();
        INVENTORY.stop(0);
        THREADS.shutdownNow();
    }

    @Test
    void aPageDoesNotWaitForAnInventoryThatHangs() {
        hangs = true;
        long start = System.nanoTime();
        pageWithoutStock();
        // The stub would hang for ever and the client gives up after 600 ms.
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(250);
    }

    @Test
    void aPageGoesWithoutABrokenInventory() {
        hangs = false;
        pageWithoutStock();
    }

    @Test
    void anOrderIsRefusedAndItsStockGivenBackWhenTheInventoryHangs() {
        hangs = true;
        assertThatOrderIsRefused();
    }

    @Test
    void anOrderIsRefusedAndItsStockGivenBackWhenTheInventoryIsBroken() {
        hangs = false;
        assertThatOrderIsRefused();
    }

    @Test
    void theInventoryRoleIsNotPlayed() {
        this.client.get().uri("/api/inventory/stock/1").exchange().expectStatus().isNotFound();
    }

    private void pageWithoutStock() {
        this.client.get()
            .uri("/api/products/1")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.degraded[?(@ == 'stock')]")
            .exists()
            .jsonPath("$.available")
            .isEmpty()
            .jsonPath("$.product.id")
            .isEqualTo(1);
    }

    private void assertThatOrderIsRefused() {
        this.client.post()
            .uri("/api/orders")
            .body(Map.of("email", "jane@example.com", "items", List.of(Map.of("productId", 1, "quantity", 1))))
            .exchange()
            .expectStatus()
            .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
            .expectHeader()
            .valueEquals(HttpHeaders.RETRY_AFTER, "5");
        assertThat(CALLS).anyMatch((call) -> call.startsWith("PUT /api/inventory/reservations/"))
            .anyMatch((call) -> call.startsWith("DELETE /api/inventory/reservations/"));
        assertThat(this.jdbc.sql("select count(*) from shop_order").query(Integer.class).single()).isZero();
    }

    private static HttpServer startInventory() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(THREADS);
            server.createContext("/", (exchange) -> {
                CALLS.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                exchange.getRequestBody().readAllBytes();
                if (hangs) {
                    try {
                        END.await();
                    }
                    catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                }
                exchange.sendResponseHeaders(500, -1);
                exchange.close();
            });
            server.start();
            return server;
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
