package io.observability.sample.shop.traffic;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/**
 * A made-up customer, who uses the shop as real ones do: over HTTP. Thread-safe.
 */
final class Customer {

    private static final String[] CATEGORIES = { "polo", "oxford", "flannel", "linen", "tee" };

    private static final int PRODUCTS = 30;

    private final RestClient shop;

    private volatile @Nullable String lastOrder;

    Customer(RestClient.Builder builder) {
        this.shop = builder.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
        }).build();
    }

    void make(Visit visit, Random random) {
        switch (visit) {
            case BROWSE -> get("/api/products?category={category}", CATEGORIES[random.nextInt(CATEGORIES.length)]);
            case LOOK -> get("/api/products/{id}", popular(random));
            case ORDER ->
                order("customer" + random.nextInt(1000) + "@example.com", popular(random), 1 + random.nextInt(3));
            case TRACK -> track();
            case STRAY -> get("/api/products/{id}", 1000 + random.nextInt(100));
            case MISTYPE -> order("customer(at)example.com", popular(random), 0);
            case HOARD -> order("reseller@example.com", popular(random), 1000);
        }
    }

    private void track() {
        String order = this.lastOrder;
        if (order != null) {
            get("/api/orders/{id}", order);
        }
        else {
            get("/api/products");
        }
    }

    private void order(String email, int productId, int quantity) {
        ResponseEntity<Map<String, Object>> answer = this.shop.post()
            .uri("/api/orders")
            .body(Map.of("email", email, "items", List.of(Map.of("productId", productId, "quantity", quantity))))
            .retrieve()
            .toEntity(new ParameterizedTypeReference<>() {
            });
        Map<String, Object> order = answer.getBody();
        if (answer.getStatusCode().is2xxSuccessful() && order != null) {
            this.lastOrder = String.valueOf(order.get("id"));
        }
    }

    private void get(String uri, Object... variables) {
        this.shop.get().uri(uri, variables).retrieve().toBodilessEntity();
    }

    // A few products are looked at most of the time.
    private static int popular(Random random) {
        return 1 + Math.min(random.nextInt(PRODUCTS), random.nextInt(PRODUCTS));
    }

}
