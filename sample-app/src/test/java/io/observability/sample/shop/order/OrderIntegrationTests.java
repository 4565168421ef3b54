package io.observability.sample.shop.order;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.business.BusinessMetrics;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both roles in one process.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.page.deadline=10s")
@AutoConfigureRestTestClient
@ExtendWith(OutputCaptureExtension.class)
class OrderIntegrationTests {

    @Autowired
    private RestTestClient client;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private BusinessMetrics metrics;

    @Test
    void placesAnOrderThatCanBeReadAgainAndIsConfirmed(CapturedOutput output) {
        int before = available(7);
        Order order = this.client.post()
            .uri("/api/orders")
            .body(order("jane@example.com", 7, 2))
            .exchange()
            .expectStatus()
            .isCreated()
            .expectHeader()
            .valueMatches("Location", "/api/orders/[0-9a-f-]{36}")
            .expectBody(Order.class)
            .returnResult()
            .getResponseBody();
        assertThat(order).isNotNull();
        assertThat(order.total()).isEqualByComparingTo("99.80");
        assertThat(available(7)).isEqualTo(before - 2);
        this.client.get().uri("/api/orders/{id}", order.id()).exchange().expectBody(Order.class).isEqualTo(order);
        Awaitility.await()
            .untilAsserted(() -> assertThat(output).contains("Order confirmation sent to j***@example.com"));
        assertThat(output).doesNotContain("jane@example.com");
    }

    @Test
    void linesOfAnOrderHaveItsBusinessTags() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();
        AppenderBase<ILoggingEvent> lines = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                Map<String, String> context = event.getMDCPropertyMap();
                tags.put(context.get("request_id") + " " + event.getFormattedMessage(), Map.copyOf(context));
            }
        };
        lines.setContext(root.getLoggerContext());
        lines.start();
        root.addAppender(lines);
        try {
            this.client.post()
                .uri("/api/orders")
                .header("X-Request-Id", "tagged")
                .header("X-Customer-Tier", "gold")
                .body(order("jane@example.com", 1, 4))
                .exchange()
                .expectStatus()
                .isCreated();
            this.client.get().uri("/api/orders/{id}", UUID.randomUUID()).header("X-Request-Id", "other").exchange();
            for (String message : List.of("Order placed", "Order confirmation sent", "POST /api/orders 201")) {
                Awaitility.await(message)
                    .until(() -> tags.entrySet()
                        .stream()
                        .anyMatch((line) -> line.getKey().startsWith("tagged " + message)
                                && "gold".equals(line.getValue().get("customer_tier"))
                                && "large".equals(line.getValue().get("basket"))));
            }
            Awaitility.await()
                .until(() -> tags.entrySet()
                    .stream()
                    .anyMatch((line) -> line.getKey().startsWith("other GET /api/orders/{id} 404")
                            && !line.getValue().containsKey("customer_tier")
                            && !line.getValue().containsKey("basket")));
        }
        finally {
            root.detachAppender(lines);
        }
    }

    @Test
    void ordersAreCountedByWhatBecameOfThem() {
        double placed = orders("placed");
        double refused = orders("out_of_stock");
        double unknown = orders("unknown_product");
        long values = this.registry.get("shop.order.value").summary().count();
        this.client.post()
            .uri("/api/orders")
            .body(order("jane@example.com", 5, 1))
            .exchange()
            .expectStatus()
            .isCreated();
        problem(order("jane@example.com", 9, 1000), HttpStatus.CONFLICT);
        problem(order("jane@example.com", 4711, 1), HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(orders("placed")).isEqualTo(placed + 1);
        assertThat(orders("out_of_stock")).isEqualTo(refused + 1);
        assertThat(orders("unknown_product")).isEqualTo(unknown + 1);
        assertThat(this.registry.get("shop.order.value").summary().count()).isEqualTo(values + 1);
        Awaitility.await()
            .untilAsserted(() -> assertThat(
                    this.registry.get("shop.order.confirmations").tag("result", "success").counter().count())
                .isPositive());
        assertThat(this.metrics.misuses()).isEmpty();
    }

    private double orders(String result) {
        return this.registry.get("shop.orders").tag("result", result).counter().count();
    }

    @Test
    void addsUpLinesOfTheSameProductAndTakesReductionsOff() {
        Map<String, Object> item = Map.of("productId", 4, "quantity", 1);
        this.client.post()
            .uri("/api/orders")
            .body(Map.of("email", "jane@example.com", "items", List.of(item, item)))
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody()
            .jsonPath("$.lines.length()")
            .isEqualTo(1)
            .jsonPath("$.total")
            .isEqualTo(50.22);
    }

    @Test
    void saysWhichFieldsOfAnOrderAreWrong() {
        problem(order("jane(at)example.com", 1, 0), HttpStatus.BAD_REQUEST).jsonPath("$.errors[0].field")
            .isEqualTo("email")
            .jsonPath("$.errors[1].field")
            .isEqualTo("items[0].quantity")
            .jsonPath("$.errors[1].message")
            .isEqualTo("must be greater than or equal to 1");
    }

    @Test
    void refusesAnOrderWithoutItems() {
        problem(Map.of("email", "jane@example.com", "items", List.of()), HttpStatus.BAD_REQUEST)
            .jsonPath("$.errors[0].field")
            .isEqualTo("items");
    }

    @Test
    void refusesWhatIsNotJson() {
        this.client.post()
            .uri("/api/orders")
            .contentType(MediaType.APPLICATION_JSON)
            .body("{")
            .exchange()
            .expectStatus()
            .isBadRequest()
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void refusesAProductThatIsNotSold() {
        problem(order("jane@example.com", 4711, 1), HttpStatus.UNPROCESSABLE_CONTENT).jsonPath("$.productId")
            .isEqualTo(4711);
    }

    @Test
    void refusesMoreThanThereIs() {
        int before = available(9);
        problem(order("jane@example.com", 9, 1000), HttpStatus.CONFLICT).jsonPath("$.title")
            .isEqualTo("Out of stock")
            .jsonPath("$.instance")
            .isEqualTo("/api/orders")
            .jsonPath("$.productId")
            .isEqualTo(9);
        assertThat(available(9)).isEqualTo(before);
    }

    @Test
    void anUnknownOrderIsNotFound() {
        this.client.get()
            .uri("/api/orders/{id}", UUID.randomUUID())
            .exchange()
            .expectStatus()
            .isNotFound()
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void givesTheStockBackWhenTheOrderCannotBeKept() {
        int before = available(12);
        this.jdbc.sql("alter table shop_order rename to shop_order_away").update();
        try {
            this.client.post()
                .uri("/api/orders")
                .body(order("jane@example.com", 12, 3))
                .exchange()
                .expectStatus()
                .is5xxServerError();
        }
        finally {
            this.jdbc.sql("alter table shop_order_away rename to shop_order").update();
        }
        assertThat(available(12)).isEqualTo(before);
    }

    @Test
    void describesItselfAsOpenApi() {
        this.client.get()
            .uri("/v3/api-docs")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.info.title")
            .isEqualTo("A shop for shirts")
            .jsonPath("$.paths['/api/orders'].post")
            .exists();
    }

    private RestTestClient.BodyContentSpec problem(Object order, HttpStatus status) {
        return this.client.post()
            .uri("/api/orders")
            .body(order)
            .exchange()
            .expectStatus()
            .isEqualTo(status)
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .expectBody()
            .jsonPath("$.status")
            .isEqualTo(status.value());
    }

    private int available(long productId) {
        return this.jdbc.sql("select available from stock where product_id = ?")
            .param(productId)
            .query(Integer.class)
            .single();
    }

    private static Map<String, Object> order(String email, long productId, int quantity) {
        return Map.of("email", email, "items", List.of(Map.of("productId", productId, "quantity", quantity)));
    }

}
