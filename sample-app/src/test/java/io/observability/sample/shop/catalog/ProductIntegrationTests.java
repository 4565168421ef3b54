package io.observability.sample.shop.catalog;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.page.deadline=10s")
@AutoConfigureRestTestClient
class ProductIntegrationTests {

    @Autowired
    private RestTestClient client;

    @Test
    void listsTheProductsOfACategory() {
        this.client.get()
            .uri("/api/products?category=polo")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.length()")
            .isEqualTo(6)
            .jsonPath("$[0].name")
            .isEqualTo("Piqué polo");
    }

    @Test
    void listsAllProductsAndNoneOfAnUnknownCategory() {
        this.client.get().uri("/api/products").exchange().expectBody().jsonPath("$.length()").isEqualTo(30);
        this.client.get().uri("/api/products?category=hat").exchange().expectBody().jsonPath("$.length()").isEqualTo(0);
    }

    @Test
    void refusesWhatCannotBeACategory() {
        this.client.get()
            .uri("/api/products?category={category}", "polo' or 1=1")
            .exchange()
            .expectStatus()
            .isBadRequest()
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .expectBody()
            .jsonPath("$.errors[0].field")
            .isEqualTo("category");
    }

    @Test
    void showsAWholePage() {
        this.client.get()
            .uri("/api/products/1")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.product.sku")
            .isEqualTo("POL-PIQ-WHI")
            .jsonPath("$.available")
            .isEqualTo(200)
            .jsonPath("$.price.amount")
            .isEqualTo(29.9)
            .jsonPath("$.recommendations.length()")
            .isEqualTo(3)
            .jsonPath("$.degraded")
            .isEmpty();
    }

    @Test
    void anUnknownProductIsNotFound() {
        this.client.get()
            .uri("/api/products/4711")
            .exchange()
            .expectStatus()
            .isNotFound()
            .expectHeader()
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .expectBody()
            .jsonPath("$.detail")
            .isEqualTo("There is no product 4711.");
    }

}
