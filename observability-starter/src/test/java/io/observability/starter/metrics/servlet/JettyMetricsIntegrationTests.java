package io.observability.starter.metrics.servlet;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.ScrapedService;
import io.observability.starter.request.HttpEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Jetty does differently: the ends of asynchronous requests.
 */
@ParameterizedClass
@EnumSource(value = HttpEngine.class, names = { "DIRECT", "OBSERVATION" })
class JettyMetricsIntegrationTests {

    private static ScrapedService started;

    @Parameter
    HttpEngine engine;

    private final ScrapedService service = started;

    @BeforeParameterizedClassInvocation
    static void start(HttpEngine engine) {
        started = new ScrapedService(WebApplicationType.SERVLET, JettyApplication.class,
                "observability.http.engine=" + engine, "spring.mvc.async.request-timeout=200ms");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        started.close();
    }

    @Test
    void everyEndIsCountedOnce() {
        this.service.get("/shirts/1");
        this.service.get("/boom");
        this.service.get("/async");
        this.service.get("/async-boom");
        this.service.get("/timeout");
        await().atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(this.service.scrape("text/plain").lines())
                .filteredOn((line) -> line.startsWith("http_requests_total") && !line.contains("_unmatched"))
                .containsExactlyInAnyOrder(
                        "http_requests_total{code=\"200\",method=\"GET\",route=\"/shirts/{id}\"} 1.0",
                        "http_requests_total{code=\"500\",method=\"GET\",route=\"/boom\"} 1.0",
                        "http_requests_total{code=\"200\",method=\"GET\",route=\"/async\"} 1.0",
                        "http_requests_total{code=\"500\",method=\"GET\",route=\"/async-boom\"} 1.0",
                        "http_requests_total{code=\"503\",method=\"GET\",route=\"/timeout\"} 1.0"));
        await().atMost(Duration.ofSeconds(30))
            .untilAsserted(
                    () -> assertThat(this.service.bean(MeterRegistry.class).get("http.requests.in.flight").gauges())
                        .extracting(Gauge::value)
                        .containsOnly(0.0));
    }

    @Test
    void threadsOfJettyAreThere() {
        List<String> lines = this.service.scrape("text/plain").lines().toList();
        assertThat(lines).anyMatch((line) -> line.startsWith("jetty_threads_busy "))
            .anyMatch((line) -> line.startsWith("jetty_threads_max "));
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ShirtsApplication.class)
    static class JettyApplication {

        @Bean
        ServletWebServerFactory webServerFactory() {
            return new JettyServletWebServerFactory();
        }

    }

}
