package io.observability.promcard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line against answers as Prometheus gives them; a real one is asked in the
 * end-to-end tests.
 */
class PrometheusServerTests {

    private static final String JSON = "application/json";

    private static final String TIME = """
            {"status":"success","data":{"resultType":"scalar","result":[1764086400.5,"1764086400.5"]}}""";

    private static final String NAMES = """
            {"status":"success","data":["shop_views_total","gone_total"]}""";

    private static final String VECTOR = """
            {"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"__name__":"shop_views_total","user_id":"u1","instance":"a:1","job":"x"},"value":[1764086400.5,"1"]},
            {"metric":{"__name__":"shop_views_total","user_id":"u2","instance":"a:1","job":"x"},"value":[1764086400.5,"1"]},
            {"metric":{"__name__":"shop_views_total","user_id":"u1","instance":"b:1","job":"x"},"value":[1764086400.5,"1"]}
            ]},"warnings":["a store is\\u001b away"]}""";

    private static final String EMPTY = """
            {"status":"success","data":{"resultType":"vector","result":[]}}""";

    private static final String SERIES = """
            {"status":"success","data":[{"__name__":"shop_views_total","user_id":"u1"},
            {"__name__":"shop_views_total","user_id":"u2"},{"__name__":"shop_views_total","user_id":"u3"}]}""";

    private final TestServer server = new TestServer();

    @AfterEach
    void close() {
        this.server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "/graph", "/graph?g0.expr=up", "/api/v1", "/api/v1/query?query=up" })
    void finds(String path) {
        prometheus("");
        assertFinds(Run.of("--url", this.server.url(path), "--threshold", "1", "--output", "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/team/prometheus", "/team/prometheus/", "/team/prometheus/graph" })
    void findsOneBelowAPath(String path) {
        prometheus("/team/prometheus");
        assertFinds(Run.of("--url", this.server.url(path), "--threshold", "1", "--output", "json"));
    }

    @Test
    void asksForAWindowByTheTimeOfTheServer() {
        prometheus("");
        Run run = Run.of("--url", this.server.url(""), "--threshold", "2", "--lookback", "1h", "--output", "json");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("lookbackSeconds").asInt()).isEqualTo(3600);
        assertThat(run.json().path("labels").path(0).path("values").asInt()).isEqualTo(3);
        assertThat(this.server.asked())
            .anySatisfy((url) -> assertThat(url).contains("/series?start=1764082800.500&end=1764086400.500&match"));
    }

    @Test
    void asksForNothingButTheMetricsWanted() {
        prometheus("");
        Run.of("--url", this.server.url(""), "--metric", "shop_*");
        assertThat(this.server.asked()).noneMatch((url) -> url.contains("gone"));
    }

    @Test
    void whatTheServerRefusesIsSaidInItsWords() {
        this.server.on("/", 404, "text/plain", "")
            .on("/api/v1/query", 200, JSON, TIME)
            .on("/api/v1/label/__name__/values", 422, JSON,
                    "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too \\u001b many samples\"}");
        Run run = Run.of("--url", this.server.url(""));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("answered 422: too \\u{1b} many samples");
    }

    @Test
    void anErrorWithStatus200IsOneAllTheSame() {
        this.server.on("/", 404, "text/plain", "")
            .on("/api/v1/query", 200, JSON, TIME)
            .on("/api/v1/label/__name__/values", 200, JSON, "{\"error\":\"no\",\"status\":\"error\"}");
        assertThat(Run.of("--url", this.server.url("")).err()).contains("answered 200: no");
    }

    @ParameterizedTest
    @ValueSource(ints = { 30, 150, 250 })
    void anAnswerThatBreaksOffIsNoGoodNews(int length) {
        this.server.on("/", 404, "text/plain", "")
            .on("/api/v1/label/__name__/values", 200, JSON, NAMES)
            .on("/api/v1/query", (exchange) -> TestServer.answer(exchange, 200, JSON,
                    isTime(exchange) ? TIME : VECTOR.substring(0, length)));
        Run run = Run.of("--url", this.server.url(""));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("gave no whole answer: it ends in the middle");
    }

    @Test
    void aProxyInBetweenIsSaid() {
        this.server.on("/", 404, "text/plain", "")
            .on("/api/v1/query", 200, JSON, TIME)
            .on("/api/v1/label/__name__/values", 502, "text/html", "<html>bad gateway</html>");
        assertThat(Run.of("--url", this.server.url("")).err()).contains("answered 502").contains("not available");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"status\":\"UP\"}", "{\"status\":\"success\"}", "{\"status\":\"success\",\"data\":[]}",
            "[]", "<html>", "{\"status\":\"success\",\"data\":{\"result\":[1,\"soon\"]}}" })
    void somebodyElsesJsonIsNoServer(String body) {
        this.server.on("/", 200, JSON, body);
        Run run = Run.of("--url", this.server.url("/"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("neither a page of metrics nor a Prometheus server").hasLineCount(1);
    }

    private void assertFinds(Run run) {
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).isEqualToIgnoringNewLines("promcard: the server warns: a store is\\u{1b} away");
        JsonNode json = run.json();
        assertThat(json.path("source").asString()).isEqualTo("prometheus");
        assertThat(json.path("metrics").asInt()).isEqualTo(1);
        assertThat(json.path("labels").size()).as("neither job nor instance").isEqualTo(1);
        JsonNode label = json.path("labels").path(0);
        assertThat(label.path("label").asString()).isEqualTo("user_id");
        assertThat(label.path("values").asInt()).isEqualTo(2);
        assertThat(label.path("series").asInt()).isEqualTo(3);
        assertThat(label.path("seriesWithout").asInt()).isEqualTo(2);
        assertThat(json.path("warnings").path(0).asString()).contains("a store is");
    }

    private void prometheus(String base) {
        this.server.on("/", 404, "text/plain", "")
            .on(base + "/graph", 200, "text/html", "<html>")
            .on(base + "/api/v1/label/__name__/values", 200, JSON, NAMES)
            .on(base + "/api/v1/series",
                    (exchange) -> TestServer.answer(exchange, 200, JSON,
                            query(exchange).contains("shop_views") ? SERIES : "{\"status\":\"success\",\"data\":[]}"))
            .on(base + "/api/v1/query", (exchange) -> {
                String body = query(exchange).contains("shop_views") ? VECTOR : EMPTY;
                TestServer.answer(exchange, 200, JSON, isTime(exchange) ? TIME : body);
            });
    }

    private static boolean isTime(HttpExchange exchange) {
        return query(exchange).equals("query=time()");
    }

    private static String query(HttpExchange exchange) {
        List<String> parts = Arrays.asList(String.valueOf(exchange.getRequestURI().getRawQuery()).split("&"));
        return URLDecoder.decode(parts.get(parts.size() - 1), StandardCharsets.UTF_8);
    }

}
