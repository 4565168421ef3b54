package io.observability.starter.metrics.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.MetricName;
import io.observability.starter.metrics.Promtool;
import io.observability.starter.metrics.ScrapedService;
import io.observability.starter.request.HttpEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A real service on Tomcat, scraped over HTTP.
 */
@ParameterizedClass
@EnumSource(value = HttpEngine.class, names = { "DIRECT", "OBSERVATION" })
class ServletMetricsIntegrationTests {

    private static final String OPENMETRICS = "application/openmetrics-text;version=1.0.0";

    private static ScrapedService started;

    @Parameter
    HttpEngine engine;

    private final ScrapedService service = started;

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        started = new ScrapedService(WebApplicationType.SERVLET, TomcatApplication.class,
                "observability.http.engine=" + engine, "observability.metrics.slo=300ms,2s",
                "server.tomcat.mbeanregistry.enabled=true", "spring.mvc.async.request-timeout=200ms",
                "spring.application.version=1.2.3");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        started.close();
    }

    @Test
    void theMinimalSetIsThereAfterAFewRequests() {
        this.service.get("/call");
        System.gc();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Set<String> expected = Arrays.stream(MetricName.values())
                .map(MetricName::family)
                // There is no database here and no Jetty; and Tomcat's are read from JMX,
                // where another service in this process may stand in the way.
                .filter((family) -> !family.startsWith("hikaricp_") && !family.startsWith("jetty_")
                        && !family.startsWith("tomcat_"))
                .collect(Collectors.toCollection(TreeSet::new));
            Set<String> families = new TreeSet<>(families());
            families.removeIf((family) -> family.startsWith("tomcat_") || family.startsWith("health")
                    || (family.startsWith("observability_") && !family.startsWith("observability_scrape")));
            assertThat(families).containsExactlyElementsOf(expected);
        });
    }

    @Test
    void promtoolHasNothingToSay() throws IOException, InterruptedException {
        this.service.get("/call");
        assertThat(Promtool.check(this.service.scrape("text/plain"))).isEmpty();
    }

    @Test
    void countsByMethodRouteAndCode() {
        this.service.get("/shirts/1");
        this.service.get("/shirts/2");
        assertThat(this.service.value("http_requests_total{code=\"200\",method=\"GET\",route=\"/shirts/{id}\"}"))
            .isGreaterThanOrEqualTo(2);
        assertThat(this.service
            .value("http_request_duration_seconds_count{code=\"200\",method=\"GET\",route=\"/shirts/{id}\"}"))
            .isGreaterThanOrEqualTo(2);
    }

    @Test
    void objectivesAreBuckets() {
        this.service.get("/shirts/1");
        List<String> bounds = this.service.scrape("text/plain")
            .lines()
            .filter((line) -> line.startsWith(
                    "http_request_duration_seconds_bucket{code=\"200\",method=\"GET\"" + ",route=\"/shirts/{id}\""))
            .map((line) -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1"))
            .toList();
        assertThat(bounds).containsExactly("0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.3", "0.5",
                "0.75", "1.0", "2.0", "2.5", "5.0", "7.5", "10.0", "+Inf");
    }

    @Test
    void pathsOfStrangersShareOneRoute() {
        this.service.get("/wp-admin.php");
        this.service.get("/another/one");
        assertThat(this.service.value("http_requests_total{code=\"404\",method=\"GET\",route=\"_unmatched\"}"))
            .isGreaterThanOrEqualTo(2);
        assertThat(this.service.scrape("text/plain")).doesNotContain("wp-admin").doesNotContain("another");
    }

    @Test
    void oddMethodsShareOneLabel() {
        this.service.send("FROBNICATE", "/shirts/1");
        assertThat(this.service.scrape("text/plain")).contains("method=\"_other\"").doesNotContain("FROBNICATE");
    }

    @Test
    void aStatusThatTheApplicationChoseStays() {
        this.service.get("/missing");
        assertThat(this.service.value("http_requests_total{code=\"404\",method=\"GET\",route=\"/missing\"}"))
            .isGreaterThanOrEqualTo(1);
    }

    @Test
    void anExceptionThatEscapesIsA500() {
        this.service.get("/boom");
        assertThat(this.service.value("http_requests_total{code=\"500\",method=\"GET\",route=\"/boom\"}"))
            .isGreaterThanOrEqualTo(1);
    }

    @Test
    void anExceptionAfterTheAnswerBeganIsA500() {
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.service.get("/late"));
        assertThat(this.service.value("http_requests_total{code=\"500\",method=\"GET\",route=\"/late\"}"))
            .isGreaterThanOrEqualTo(1);
    }

    @Test
    void asynchronousRequestsAreCountedOnce() {
        assertCountedOnce("/async", 200);
        assertCountedOnce("/async-boom", 500);
    }

    @Test
    void anAsynchronousRequestThatTimedOutIsCountedOnceAndNotAsASuccess() {
        assertCountedOnce("/timeout", 503);
    }

    @Test
    void nothingStaysInFlight() {
        for (String path : List.of("/shirts/1", "/boom", "/async", "/async-boom", "/timeout", "/nothing")) {
            this.service.get(path);
        }
        await().atMost(Duration.ofSeconds(30))
            .untilAsserted(
                    () -> assertThat(this.service.bean(MeterRegistry.class).get("http.requests.in.flight").gauges())
                        .isNotEmpty()
                        .extracting(Gauge::value)
                        .containsOnly(0.0));
    }

    @Test
    void callsAreCountedByHostAndTemplate() {
        this.service.get("/call");
        this.service.get("/call-nobody");
        assertThat(this.service.value("http_client_request_duration_seconds_count"
                + "{code=\"200\",host=\"localhost\",method=\"GET\",route=\"/shirts/{id}\"}"))
            .isGreaterThanOrEqualTo(1);
        assertThat(this.service.value("http_client_request_duration_seconds_count"
                + "{code=\"_error\",host=\"localhost\",method=\"GET\",route=\"/stock\"}"))
            .isGreaterThanOrEqualTo(1);
    }

    @Test
    void exemplarsSitOnBucketsAndNeverOnCounts() {
        this.service.get("/shirts/1");
        List<String> exemplars = this.service.scrape(OPENMETRICS)
            .lines()
            .filter((line) -> line.contains(" # {"))
            .toList();
        assertThat(exemplars).isNotEmpty()
            .allMatch((line) -> line.contains("_bucket{") || line.contains("_total"))
            .anyMatch((line) -> line.startsWith("http_request_duration_seconds_bucket")
                    && line.matches(".* # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"\\} .*"));
    }

    @Test
    void buildInfoNamesTheVersion() {
        assertThat(this.service.value("build_info{commit=\"unknown\",version=\"1.2.3\"}")).isEqualTo(1);
    }

    private void assertCountedOnce(String path, int code) {
        double before = countOf(path);
        assertThat(this.service.get(path).statusCode()).isEqualTo(code);
        await().atMost(Duration.ofSeconds(30)).until(() -> countOf(path) > before);
        assertThat(countOf(path)).isEqualTo(before + 1);
        assertThat(this.service.scrape("text/plain").lines())
            .filteredOn((line) -> line.startsWith("http_requests_total") && line.contains("\"" + path + "\""))
            .allMatch((line) -> line.contains("code=\"" + code + "\""));
    }

    private double countOf(String route) {
        return this.service.bean(MeterRegistry.class)
            .find("http.requests")
            .tag("route", route)
            .functionCounters()
            .stream()
            .mapToDouble(FunctionCounter::count)
            .sum();
    }

    private List<String> families() {
        return this.service.scrape("text/plain")
            .lines()
            .filter((line) -> line.startsWith("# TYPE "))
            .map((line) -> line.split(" ")[2])
            .sorted()
            .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ShirtsApplication.class)
    static class TomcatApplication {

        @Bean
        ServletWebServerFactory webServerFactory() {
            return new TomcatServletWebServerFactory();
        }

    }

}
