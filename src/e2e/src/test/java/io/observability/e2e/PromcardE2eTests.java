package io.observability.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged promcard against the packaged shop, in which somebody counts views by
 * visitor, and against a real Prometheus that scrapes it.
 */
class PromcardE2eTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int VISITORS = 300;

    private static final String FLOOD = """
            {"duration":"10m","visitors":%d,"rate":5000}""".formatted(VISITORS);

    @TempDir
    static Path directory;

    private static @Nullable Shop shop;

    @BeforeAll
    static void start() throws Exception {
        // The guard would bound what there is to find.
        shop = Shop.start("--shop.failures.enabled=true", "--observability.metrics.cardinality.enabled=false");
        flood(shop());
    }

    @AfterAll
    static void stop() throws Exception {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void findsTheOffenderOnTheLivePage() throws Exception {
        // Until each visitor has been there once.
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Run run = promcard("--url", shop().url() + "/metrics", "--output", "json");
            assertThat(run.code()).isEqualTo(1);
            assertOffender(Shop.json(run.out()), "metrics");
        });
    }

    @Test
    void findsTheOffenderOnAPrometheusServer() throws Exception {
        Prometheus.installed("prometheus");
        Path place = Files.createDirectory(directory.resolve("prometheus"));
        try (Prometheus prometheus = Prometheus.start(place, shop())) {
            for (List<String> window : List.of(List.<String>of(), List.of("--lookback", "1h"))) {
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    List<String> arguments = new ArrayList<>(
                            List.of("--url", prometheus.url().toString(), "--output", "json"));
                    arguments.addAll(window);
                    Run run = promcard(arguments.toArray(String[]::new));
                    assertThat(run.code()).as(run.err()).isEqualTo(1);
                    assertOffender(Shop.json(run.out()), "prometheus");
                });
            }
        }
    }

    @Test
    void showsTheOffenderInATable() throws Exception {
        Run run = promcard("--url", shop().url() + "/metrics");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).containsPattern("(?m)^! shop_views_total +visitor_id +\\d+ ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void isCleanBelowTheThreshold() throws Exception {
        Run run = promcard("--url", shop().url() + "/metrics", "--threshold", "1000");
        assertThat(run.code()).isZero();
        assertThat(run.out()).endsWith("No label has more than 1,000 values.\n");
    }

    @Test
    void saysWhyItCouldNotTell() throws Exception {
        Run run = promcard("--url", shop().url() + "/api/products");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("neither a page of metrics nor a Prometheus server");
    }

    @Test
    void withTheRuleThatItProposesTheOffenderIsGone() throws Exception {
        Run run = promcard("--url", shop().url() + "/metrics", "--suggest", "--metric", "shop_*");
        assertThat(run.out()).contains("- meter: shop.views\n", "tag: visitor_id\n", "limit: 100\n");
        Path rules = Files.writeString(directory.resolve("cardinality.yml"), run.out());
        try (Shop guarded = Shop.start("--shop.failures.enabled=true", "--spring.config.import=" + rules.toUri())) {
            flood(guarded);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                String views = guarded.get("/metrics?name[]=shop_views_total".replace("[]", "%5B%5D")).body();
                assertThat(views).contains("visitor_id=\"_other\"");
            });
            Run after = promcard("--url", guarded.url() + "/metrics");
            assertThat(after.code()).as(after.out()).isZero();
        }
    }

    private static void assertOffender(JsonNode found, String source) {
        assertThat(Shop.text(found, "source")).isEqualTo(source);
        assertThat(found.path("over").asInt()).isEqualTo(1);
        JsonNode first = found.path("labels").path(0);
        assertThat(Shop.text(first, "metric")).isEqualTo("shop_views_total");
        assertThat(Shop.text(first, "label")).isEqualTo("visitor_id");
        assertThat(first.path("values").asInt()).isEqualTo(VISITORS);
        assertThat(first.path("series").asInt()).isEqualTo(VISITORS);
        assertThat(first.path("seriesWithout").asInt()).isEqualTo(1);
        assertThat(Shop.text(found.path("rules").path(0), "meter")).isEqualTo("shop.views");
        assertThat(Shop.text(found.path("rules").path(0), "tag")).isEqualTo("visitor_id");
    }

    private static void flood(Shop target) throws Exception {
        assertThat(target.post("/actuator/failures/cardinality", FLOOD).statusCode()).isEqualTo(200);
    }

    private static Run promcard(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("promcard.jar")));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }
        finally {
            process.destroyForcibly();
        }
    }

    private static Shop shop() {
        assertThat(shop).isNotNull();
        return shop;
    }

    private record Run(int code, String out, String err) {

    }

}
