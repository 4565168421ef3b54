package io.observability.promcard;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line against a page of metrics, served by a real server.
 */
class MetricsPageTests {

    private static final String PAGE = """
            # HELP shop_views_total Views of products.
            # TYPE shop_views_total counter
            shop_views_total{user_id="u1",page="list"} 1.0
            shop_views_total{user_id="u2",page="list"} 1.0
            shop_views_total{user_id="u3",page="list"} 1.0
            shop_views_total{user_id="u3",page="product"} 1.0
            # TYPE http_request_duration_seconds histogram
            http_request_duration_seconds_bucket{route="/a",le="0.1"} 1
            http_request_duration_seconds_bucket{route="/a",le="+Inf"} 1
            http_request_duration_seconds_count{route="/a"} 1
            http_request_duration_seconds_sum{route="/a"} 0.1
            http_request_duration_seconds_bucket{route="/b",le="0.1"} 1
            http_request_duration_seconds_bucket{route="/b",le="+Inf"} 1
            http_request_duration_seconds_count{route="/b"} 1
            http_request_duration_seconds_sum{route="/b"} 0.1
            # TYPE up gauge
            up 1
            """;

    private static final String OPEN_PAGE = """
            # TYPE shop_views counter
            # UNIT shop_views views
            shop_views_total{user_id="u1"} 1.0 # {trace_id="4bf92f3577b34da6"} 1.0 1520879607.789
            shop_views_created{user_id="u1"} 1.7E9
            shop_views_total{user_id="u2"} 1.0
            shop_views_created{user_id="u2"} 1.7E9
            # TYPE build info
            build_info{version="1"} 1
            # EOF
            """;

    private final TestServer server = new TestServer();

    @AfterEach
    void close() {
        this.server.close();
    }

    @Test
    void findsTheLabelThatCostsMost() {
        Run run = serve(200, TestServer.TEXT, PAGE, "--threshold", "2");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualToNormalizingNewlines("""
                %s: 13 series of 3 metrics

                  METRIC                         LABEL    VALUES  SERIES  WITHOUT   SHARE  EXAMPLES
                  http_request_duration_seconds  route         2       8        4  30.8 %%  /a, /b
                ! shop_views_total               user_id       3       4        2  15.4 %%  u1, u2, u3
                  shop_views_total               page          2       4        3   7.7 %%  list, product

                1 label has more than 2 values.
                """.formatted(this.server.url("/metrics")));
    }

    @Test
    void isCleanBelowTheThreshold() {
        Run run = serve(200, TestServer.TEXT, PAGE);
        assertThat(run.code()).isZero();
        assertThat(run.out()).endsWith("No label has more than 100 values.\n");
    }

    @Test
    void readsOpenMetrics() {
        Run run = serve(200, TestServer.OPEN_METRICS, OPEN_PAGE, "--output", "json");
        assertThat(run.code()).isZero();
        JsonNode json = run.json();
        assertThat(json.path("series").asInt()).isEqualTo(5);
        assertThat(json.path("metrics").asInt()).isEqualTo(2);
        JsonNode label = json.path("labels").path(0);
        assertThat(label.path("metric").asString()).isEqualTo("shop_views_total");
        assertThat(label.path("series").asInt()).isEqualTo(4);
        assertThat(label.path("seriesWithout").asInt()).isEqualTo(2);
    }

    @Test
    void writesStableJson() {
        Run run = serve(200, TestServer.TEXT, PAGE, "--threshold", "2", "--output", "json", "--label", "user*");
        assertThat(run.out()).isEqualTo(
                """
                        {"version":1,"url":"%s","source":"metrics","lookbackSeconds":null,"threshold":2,"series":13,"metrics":3,\
                        "over":1,"labels":[{"metric":"shop_views_total","label":"user_id","values":3,"series":4,\
                        "seriesWithout":2,"share":0.1538,"over":true,"examples":["u1","u2","u3"]}],\
                        "rules":[{"meter":"shop.views","tag":"user_id","limit":2,"action":"keep-most-frequent"}],"warnings":[]}
                        """
                    .formatted(this.server.url("/metrics")));
        assertThat(run.json().isObject()).isTrue();
    }

    @Test
    void suggestsARuleThatYamlReads() {
        Run run = serve(200, TestServer.TEXT, PAGE.replace("u2", "u\\n# \u001b[2J"), "--threshold", "2", "--suggest");
        assertThat(run.code()).isEqualTo(1);
        assertThat(new Yaml().<Object>load(run.out())).hasToString(
                "{observability={metrics={cardinality={rules=[{meter=shop.views, tag=user_id, limit=2, action=keep-most-frequent}]}}}}");
        assertThat(run.out())
            .contains("3 values, 4 series (15.4 % of all), 2 without; such as u1, u\\u{a}# \\u{1b}[2J, u3")
            .doesNotContain("\u001b");
    }

    @Test
    void suggestsNothingWhereAllIsWell() {
        Run run = serve(200, TestServer.TEXT, PAGE, "--suggest");
        assertThat(run.code()).isZero();
        assertThat(new Yaml().<Object>load(run.out())).isNull();
        assertThat(run.out()).contains("# No label has more than 100 values.");
    }

    @Test
    void looksAtTheMetricsAndLabelsThatAreAskedFor() {
        Run run = serve(200, TestServer.TEXT, PAGE, "--metric", "shop_*", "--label", "page", "--threshold", "1");
        assertThat(run.out()).contains("4 series of 1 metrics").contains("page").doesNotContain("user_id");
        assertThat(Run.of("--url", this.server.url("/metrics"), "--metric", "http_request_duration_seconds").out())
            .contains("8 series of 1 metrics");
        Run none = Run.of("--url", this.server.url("/metrics"), "--metric", "nope");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("no series whose metric matches 'nope'");
    }

    @Test
    void showsWhatIsOverTheThresholdHoweverLittleItCosts() {
        Run run = serve(200, TestServer.TEXT, PAGE, "--threshold", "2", "--top", "0");
        assertThat(run.out()).contains("! shop_views_total").contains("and 2 more, which cost less");
    }

    @Test
    void readsAPackedPage() {
        this.server.on("/metrics", (exchange) -> {
            byte[] packed = TestServer.packed(PAGE);
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
            exchange.getResponseHeaders().set("Content-Type", TestServer.TEXT);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.length);
            exchange.getResponseBody().write(packed);
            exchange.close();
        });
        assertThat(Run.of("--url", this.server.url("/metrics")).out()).contains("13 series of 3 metrics");
    }

    @Test
    void readsAPageThatIsSentInPieces() {
        this.server.on("/metrics", (exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", TestServer.TEXT);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (byte b : PAGE.getBytes(StandardCharsets.UTF_8)) {
                    body.write(b);
                    body.flush();
                }
            }
        });
        assertThat(Run.of("--url", this.server.url("/metrics")).out()).contains("13 series of 3 metrics");
    }

    @Test
    void countsManySeries() {
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            page.append("m{id=\"").append(i).append("\",x=\"y\"} 1\n");
        }
        Run run = serve(200, TestServer.TEXT, page.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("200,000 series of 1 metrics").contains("100.0 %");
    }

    @ParameterizedTest
    @CsvSource({ "401, it wants credentials", "403, it does not let you in", "429, too many requests",
            "500, answered 500", "503, is not available", "404, neither a page of metrics nor a Prometheus server" })
    void aStatusThatIsNoAnswerIsSaid(int status, String said) {
        Run run = serve(status, "text/plain", "no");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("promcard: ").contains(said).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`',
            value = { "text/plain, <html>, line 1 is '<html>'", "text/plain, up 1|Hello World, line 2",
                    "text/html, <html>, with a web page", "application/json, {\"status\":\"UP\"}, application/json",
                    "application/vnd.google.protobuf, x, protobuf" })
    void anAnswerThatIsNotPrometheusIsSaid(String type, String body, String said) {
        Run run = serve(200, type, body.replace('|', '\n') + "\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(said).hasLineCount(1);
    }

    @Test
    void anEmptyPageIsNoGoodNews() {
        assertThat(serve(200, TestServer.TEXT, "").code()).isEqualTo(2);
    }

    @Test
    void aPageThatBreaksOffIsNoGoodNews() {
        Run inLine = serve(200, TestServer.TEXT, PAGE.substring(0, PAGE.length() - 1));
        assertThat(inLine.code()).isEqualTo(2);
        assertThat(inLine.err()).contains("breaks off at line 17");
    }

    @Test
    void openMetricsWithoutItsEndIsNoGoodNews() {
        Run run = serve(200, TestServer.OPEN_METRICS, OPEN_PAGE.replace("# EOF\n", ""));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("does not end with '# EOF'");
    }

    @Test
    void aConnectionThatBreaksOffIsNoGoodNews() {
        this.server.on("/metrics", (exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", TestServer.TEXT);
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write(PAGE.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });
        Run run = Run.of("--url", this.server.url("/metrics"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("gave no whole answer");
    }

    @Test
    void aPackedPageThatBreaksOffIsNoGoodNews() {
        this.server.on("/metrics", (exchange) -> {
            byte[] packed = TestServer.packed(PAGE);
            byte[] part = Arrays.copyOf(packed, packed.length / 2);
            exchange.getResponseHeaders().set("Content-Type", TestServer.TEXT);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, part.length);
            exchange.getResponseBody().write(part);
            exchange.close();
        });
        Run run = Run.of("--url", this.server.url("/metrics"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("is packed and breaks off");
    }

    @Test
    void aServerThatHangsBeforeItsAnswerIsLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        this.server.on("/metrics", (exchange) -> await(over));
        assertTimesOut();
        over.countDown();
    }

    @Test
    void aServerThatHangsWithinItsAnswerIsLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        this.server.on("/metrics", (exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", TestServer.TEXT);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(PAGE.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(over);
        });
        assertTimesOut();
        over.countDown();
    }

    @Test
    void aLineWithoutEndIsLeft() {
        this.server.on("/metrics", (exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", TestServer.TEXT);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] part = new byte[64 << 10];
                Arrays.fill(part, (byte) 'x');
                for (int i = 0; i < 1000; i++) {
                    body.write(part);
                }
            }
        });
        Run run = Run.of("--url", this.server.url("/metrics"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Line 1 is longer than");
    }

    @Test
    void aPageKnowsNothingButNow() {
        Run run = serve(200, TestServer.TEXT, PAGE, "--lookback", "1h");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("knows nothing but now").contains("--lookback");
    }

    @Test
    void aFailureIsJsonTooWhereJsonIsAskedFor() {
        Run run = serve(503, "text/plain", "", "--output", "json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.json().path("version").asInt()).isEqualTo(1);
        assertThat(run.json().path("error").asString()).contains("answered 503");
        assertThat(run.err()).contains("answered 503");
    }

    private void assertTimesOut() {
        Run run = Run.of("--url", this.server.url("/metrics"), "--timeout", "300ms");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("did not answer completely within 0.3 s").contains("--timeout");
    }

    private Run serve(int status, String type, String body, String... more) {
        this.server.on("/metrics", status, type, body);
        String[] arguments = Arrays.copyOf(more, more.length + 2);
        arguments[more.length] = "--url";
        arguments[more.length + 1] = this.server.url("/metrics");
        return Run.of(arguments);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
