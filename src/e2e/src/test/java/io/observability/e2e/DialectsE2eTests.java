package io.observability.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.observability.starter.metrics.MetricForm;
import io.observability.starter.metrics.MetricName;
import io.observability.starter.metrics.MetricNaming;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same Prometheus scrapes one shop in each other dialect, over protobuf since it
 * stores native histograms. The conventional names, over OpenMetrics, are in
 * {@link PrometheusE2eTests}.
 */
class DialectsE2eTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Map<MetricNaming, Shop> SHOPS = new EnumMap<>(MetricNaming.class);

    @TempDir
    static Path directory;

    private static @Nullable Prometheus prometheus;

    @BeforeAll
    static void start() throws Exception {
        Prometheus.installed("prometheus");
        SHOPS.put(MetricNaming.MICROMETER, shop(MetricNaming.MICROMETER, "both"));
        SHOPS.put(MetricNaming.OTEL, shop(MetricNaming.OTEL, "native"));
        Map<String, Shop> targets = new LinkedHashMap<>();
        SHOPS.forEach((naming, shop) -> targets.put(job(naming), shop));
        prometheus = Prometheus.start(directory, "exemplar-storage,native-histograms", targets);
    }

    private static Shop shop(MetricNaming naming, String histograms) throws Exception {
        return Shop.start("--observability.metrics.naming=" + job(naming),
                "--observability.metrics.histograms=" + histograms, "--shop.traffic.enabled=true",
                "--shop.traffic.rate=20");
    }

    private static String job(MetricNaming naming) {
        return naming.name().toLowerCase(Locale.ROOT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        for (Shop shop : SHOPS.values()) {
            shop.close();
        }
        SHOPS.clear();
    }

    @Test
    void eachTargetIsUp() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode targets = prometheus().ask("targets").path("activeTargets");
            assertThat(targets).hasSize(2).allSatisfy((target) -> {
                assertThat(Shop.text(target, "lastError")).isEmpty();
                assertThat(Shop.text(target, "health")).isEqualTo("up");
            });
        });
    }

    @ParameterizedTest
    @EnumSource(names = { "MICROMETER", "OTEL" })
    void eachMetricOfTheMinimalSetHasTheNameOfTheDialect(MetricNaming naming) {
        List<String> expected = Stream.of(MetricName.values())
            // The shop runs on Tomcat.
            .filter((name) -> !name.meter().startsWith("jetty."))
            .map((name) -> name.in(naming))
            .filter(Objects::nonNull)
            .map(DialectsE2eTests::series)
            .toList();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Set<String> names = new HashSet<>();
            prometheus().ask("label/__name__/values", "match[]", "{job=\"" + job(naming) + "\"}")
                .forEach((name) -> names.add(name.asString()));
            assertThat(names).containsAll(expected).doesNotContain("http_requests_total");
        });
    }

    // A native histogram is one series with the name of the family.
    private static String series(MetricForm form) {
        return switch (form.type()) {
            case SUMMARY -> form.family() + "_count";
            case COUNTER, GAUGE, HISTOGRAM, INFO -> form.family();
        };
    }

    @ParameterizedTest
    @EnumSource(names = { "MICROMETER", "OTEL" })
    void nativeHistogramsAreStored(MetricNaming naming) {
        String family = Objects.requireNonNull(MetricName.HTTP_REQUEST_DURATION.in(naming)).family();
        String of = family + "{job=\"" + job(naming) + "\"}";
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode result = prometheus().ask("query", "query", of).path("result");
            assertThat(result).isNotEmpty().allSatisfy((series) -> {
                JsonNode histogram = series.path("histogram").path(1);
                assertThat(Double.parseDouble(Shop.text(histogram, "count"))).isPositive();
                assertThat(histogram.path("buckets")).isNotEmpty();
            });
            JsonNode median = prometheus().ask("query", "query", "histogram_quantile(0.5, sum(rate(" + of + "[1m])))")
                .path("result");
            assertThat(Double.parseDouble(median.path(0).path("value").path(1).asString("NaN"))).isBetween(0.0, 10.0);
        });
    }

    @Test
    void textKeepsTheClassicBucketsUnlessTheyAreSwitchedOff() throws Exception {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(shop(MetricNaming.MICROMETER).get("/metrics").body())
                .contains("http_server_requests_seconds_bucket{");
            assertThat(shop(MetricNaming.OTEL).get("/metrics").body())
                .contains("http_server_request_duration_seconds_count{")
                .doesNotContainPattern("http_server_request_duration_seconds_bucket\\{.*le=\"\\d");
        });
    }

    @ParameterizedTest
    @EnumSource(names = { "MICROMETER", "OTEL" })
    void theLinterAcceptsEachDialect(MetricNaming naming) throws Exception {
        List<String> findings = Prometheus.lint(shop(naming).get("/metrics").body(),
                directory.resolve(job(naming) + ".txt"));
        assertThat(findings).filteredOn((finding) -> finding.matches("(http|process|observability|health)_.*"))
            // Micrometer's name, which the linter does not like.
            .filteredOn((finding) -> !finding.startsWith("process_cpu_time_ns_total "))
            .isEmpty();
    }

    private static Shop shop(MetricNaming naming) {
        return Objects.requireNonNull(SHOPS.get(naming));
    }

    private static Prometheus prometheus() {
        assertThat(prometheus).isNotNull();
        return prometheus;
    }

}
