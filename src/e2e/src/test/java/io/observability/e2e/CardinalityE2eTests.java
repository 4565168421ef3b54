package io.observability.e2e;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A crowd that makes up paths, visitors, hosts and methods, against a shop that counts
 * its visits by all of them. The million requests of the guide page are
 * {@link CardinalityAttack}.
 */
class CardinalityE2eTests {

    private static final int REQUESTS = 4_000;

    @TempDir
    Path directory;

    @Test
    void seriesStayBoundedAndFrequentValuesRightUnderAttack() throws Exception {
        try (LoggedShop shop = LoggedShop.start(this.directory, Redirect.DISCARD, "",
                "--management.endpoints.web.exposure.include=health,failures,cardinality",
                "--management.endpoint.cardinality.access=read-only", "--observability.metrics.cardinality.period=1s");
                HostileCrowd crowd = new HostileCrowd(shop.url(), 1)) {
            shop.begin("label-leak", "{\"duration\":\"10m\"}");
            crowd.send(REQUESTS);
            ScrapedSeries before = scrape(shop);
            crowd.send(2 * REQUESTS);
            awaitRegulars(shop);
            ScrapedSeries after = scrape(shop);
            Figures.add("cardinality: %d series and %d bytes after %d requests, %d and %d after %d", before.count(),
                    before.bytes(), REQUESTS, after.count(), after.bytes(), 3 * REQUESTS);
            // No more than the guard allows this meter, and nothing else grew.
            assertThat(after.count()).isLessThan(3000);
            assertThat(before.lines()).filteredOn((line) -> !line.startsWith("shop_visit")).hasSizeLessThan(600);
            assertThat(after.lines()).filteredOn((line) -> !line.startsWith("shop_visit"))
                .hasSizeLessThan(before.count() + 50);
            assertThat(
                    after.sum("observability_cardinality_overflow_total", "meter=\"shop.visitors\"", "tag=\"visitor\""))
                .isEqualTo(after.sum("shop_visitors_total", "visitor=\"_other\""));
            regularsAreRight(shop);
            endpointNamesTheTag(shop);
        }
    }

    private static void awaitRegulars(LoggedShop shop) {
        Awaitility.await("series of the regulars").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            visits(shop, 20);
            ScrapedSeries now = scrape(shop);
            for (int regular = 0; regular < HostileCrowd.REGULARS; regular++) {
                assertThat(now.sum("shop_visitors_total", "visitor=\"regular-" + regular + "\"")).isPositive();
            }
        });
    }

    private static void regularsAreRight(LoggedShop shop) throws Exception {
        ScrapedSeries before = scrape(shop);
        visits(shop, 50);
        ScrapedSeries after = scrape(shop);
        for (int regular = 0; regular < HostileCrowd.REGULARS; regular++) {
            String label = "visitor=\"regular-" + regular + "\"";
            assertThat(after.sum("shop_visitors_total", label))
                .isEqualTo(before.sum("shop_visitors_total", label) + 50);
        }
    }

    private static void visits(LoggedShop shop, int each) throws Exception {
        try (KeptConnection connection = new KeptConnection(shop.url())) {
            for (int i = 0; i < each; i++) {
                for (int regular = 0; regular < HostileCrowd.REGULARS; regular++) {
                    assertThat(connection.send(HostileCrowd.regular(regular))).isEqualTo(200);
                }
            }
        }
    }

    private static void endpointNamesTheTag(LoggedShop shop) throws Exception {
        JsonNode top = Shop.json(shop.get("/actuator/cardinality").body()).path("top").path(0);
        assertThat(Shop.text(top, "meter")).isEqualTo("shop.visits");
        assertThat(top.path("series").asInt()).isLessThanOrEqualTo(2017);
        assertThat(top.path("tags")).hasSize(3).anySatisfy((tag) -> {
            assertThat(Shop.text(tag, "tag")).isEqualTo("visitor");
            assertThat(Shop.text(tag, "action")).isEqualTo("keep-most-frequent");
            assertThat(tag.path("kept").asInt()).isEqualTo(100);
            assertThat(tag.path("distinctEstimate").asInt()).isBetween(8_000, 14_000);
            assertThat(tag.path("foldedExamples")).isNotEmpty();
        });
    }

    private static ScrapedSeries scrape(LoggedShop shop) throws Exception {
        return ScrapedSeries.of(shop.get("/metrics"));
    }

}
