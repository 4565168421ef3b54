package io.observability.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.observability.starter.metrics.MetricName;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Prometheus scrapes the shop, which has made-up customers.
 */
class PrometheusE2eTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    // What the starter names itself; the rest is the application's.
    private static final String OURS = "(http|process|jvm|log|build|health|healthz|executor|observability)_.*";

    @TempDir
    static Path directory;

    private static @Nullable Shop shop;

    private static @Nullable Prometheus prometheus;

    @BeforeAll
    static void start() throws Exception {
        Prometheus.installed("prometheus");
        shop = Shop.start("--shop.traffic.enabled=true", "--shop.traffic.rate=20",
                "--shop.inventory.restock-interval=2s");
        prometheus = Prometheus.start(directory, shop);
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void theTargetIsUp() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode target = prometheus().ask("targets").path("activeTargets").path(0);
            assertThat(Shop.text(target, "lastError")).isEmpty();
            assertThat(Shop.text(target, "health")).isEqualTo("up");
        });
    }

    @Test
    void exemplarsAreStoredAndLeadToTheLinesOfTheirTrace() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Set<String> traceIds = new HashSet<>();
            Instant now = Instant.now();
            JsonNode series = prometheus().ask("query_exemplars", "query",
                    "http_request_duration_seconds_bucket{route=\"/api/orders\",code=\"201\"}", "start",
                    now.minusSeconds(300).toString(), "end", now.plusSeconds(60).toString());
            series.forEach((one) -> one.path("exemplars")
                .forEach((exemplar) -> traceIds.add(Shop.text(exemplar.path("labels"), "trace_id"))));
            assertThat(traceIds).isNotEmpty().allMatch((id) -> id.matches("[0-9a-f]{32}"));
            assertThat(traceIds).anySatisfy((id) -> assertThat(shop().lines(id)).isNotEmpty());
        });
    }

    @Test
    void eachMetricOfTheMinimalSetIsThere() {
        List<String> expected = Arrays.stream(MetricName.values())
            // The shop runs on Tomcat.
            .filter((name) -> !name.meter().startsWith("jetty."))
            .map(PrometheusE2eTests::series)
            .toList();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Set<String> names = new HashSet<>();
            prometheus().ask("label/__name__/values").forEach((name) -> names.add(name.asString()));
            assertThat(names).containsAll(expected);
        });
    }

    @Test
    void theRequestsOfTheShopAreCountedByRoute() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Set<String> routes = new HashSet<>();
            prometheus().ask("query", "query", "http_requests_total")
                .path("result")
                .forEach((one) -> routes.add(Shop.text(one.path("metric"), "route")));
            assertThat(routes).contains("/api/products", "/api/products/{id}", "/api/orders")
                .doesNotContain("/metrics", "/healthz", "/livez", "/readyz");
        });
    }

    @Test
    void theBusinessMetricsOfTheShopAreThere() {
        for (String query : List.of("shop_orders_total{result=\"placed\"} > 0",
                "shop_orders_total{result=\"failed\"} == 0", "shop_order_value_eur_bucket{le=\"100.0\"} > 0",
                "shop_order_confirmations_total{result=\"success\"} > 0", "shop_stock_units > 0",
                "time() - shop_stock_units_last_refresh_seconds < 120",
                "sum(observability_business_misuse_total) == 0")) {
            Awaitility.await(query)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus().ask("query", "query", query).path("result")).isNotEmpty());
        }
    }

    @Test
    void theLinterFindsNothingOnOurNames() throws Exception {
        assertThat(Prometheus.lint(shop().get("/metrics").body(), directory.resolve("scrape.txt")))
            .filteredOn((finding) -> finding.matches(OURS))
            .isEmpty();
    }

    private static String series(MetricName name) {
        return switch (name.type()) {
            case HISTOGRAM -> name.family() + "_bucket";
            case SUMMARY -> name.family() + "_count";
            case COUNTER, GAUGE, INFO -> name.family();
        };
    }

    private static Shop shop() {
        assertThat(shop).isNotNull();
        return shop;
    }

    private static Prometheus prometheus() {
        assertThat(prometheus).isNotNull();
        return prometheus;
    }

}
