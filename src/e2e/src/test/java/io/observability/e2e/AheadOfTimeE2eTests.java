package io.observability.e2e;

import java.net.http.HttpResponse;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop with the beans that were decided when it was built ({@code process-aot}).
 */
class AheadOfTimeE2eTests {

    @Test
    void isObservedAsEver() throws Exception {
        try (Shop shop = Shop.start(ShopCommand.unpacked(List.of("-Dspring.aot.enabled=true"), List.of()))) {
            HttpResponse<String> page = shop.get("/api/products/2");
            assertThat(page.statusCode()).isEqualTo(200);
            String traceId = page.headers().firstValue("X-Trace-Id").orElse("");
            assertThat(traceId).hasSize(32);
            Awaitility.await().untilAsserted(() -> assertThat(shop.lines(traceId)).isNotEmpty());
            assertThat(shop.lines()).extracting((line) -> Shop.text(line, "message"))
                .anyMatch((message) -> message.startsWith("Starting AOT-processed ShopApplication"))
                .anyMatch((message) -> message.contains("requests by the starter's own filter"));
            assertThat(shop.get("/healthz").body()).contains("\"db\":{\"status\":\"UP\"");
            assertThat(shop.get("/metrics").body())
                .containsPattern("http_requests_total\\{[^}]*route=\"/api/products/\\{id}\"[^}]*}")
                .contains("jvm_threads_state{", "hikaricp_connections_active{", "observability_pipeline_");
        }
    }

}
