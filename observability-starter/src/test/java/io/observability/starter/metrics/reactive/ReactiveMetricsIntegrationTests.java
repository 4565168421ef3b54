package io.observability.starter.metrics.reactive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.metrics.Promtool;
import io.observability.starter.metrics.ScrapedService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real service on WebFlux, scraped over HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReactiveMetricsIntegrationTests {

    private ScrapedService service;

    @BeforeAll
    void start() {
        this.service = new ScrapedService(WebApplicationType.REACTIVE, Application.class);
    }

    @AfterAll
    void stop() {
        this.service.close();
    }

    @Test
    void countsByMethodRouteAndCode() {
        this.service.get("/shirts/1");
        this.service.get("/missing");
        this.service.get("/boom");
        this.service.get("/nothing/here");
        for (String labels : List.of("code=\"200\",method=\"GET\",route=\"/shirts/{id}\"",
                "code=\"404\",method=\"GET\",route=\"/missing\"", "code=\"500\",method=\"GET\",route=\"/boom\"",
                "code=\"404\",method=\"GET\",route=\"_unmatched\"")) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(this.service.value("http_requests_total{" + labels + "}")).isGreaterThanOrEqualTo(1);
                assertThat(this.service.value("http_request_duration_seconds_count{" + labels + "}"))
                    .isGreaterThanOrEqualTo(1);
            });
        }
        assertThat(this.service.scrape("text/plain")).doesNotContain("http_server_requests");
    }

    @Test
    void nothingStaysInFlight() {
        this.service.get("/shirts/1");
        this.service.get("/boom");
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
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(this.service.value("http_client_request_duration_seconds_count"
                    + "{code=\"200\",host=\"localhost\",method=\"GET\",route=\"/shirts/{id}\"}"))
                .isGreaterThanOrEqualTo(1);
            assertThat(this.service.value("http_client_request_duration_seconds_count"
                    + "{code=\"_error\",host=\"localhost\",method=\"GET\",route=\"/stock\"}"))
                .isGreaterThanOrEqualTo(1);
        });
        assertThat(this.service.scrape("text/plain")).doesNotContain("http_client_requests");
    }

    @Test
    void aSampledRequestLeavesAnExemplar() {
        this.service.get("/shirts/1");
        await().atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(this.service.scrape("application/openmetrics-text").lines())
                .anyMatch((line) -> line.startsWith("http_request_duration_seconds_bucket")
                        && line.contains(" # {span_id=")));
    }

    @Test
    void promtoolHasNothingToSay() throws IOException, InterruptedException {
        this.service.get("/shirts/1");
        assertThat(Promtool.check(this.service.scrape("text/plain"))).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityWebFilterChain everybody(ServerHttpSecurity http) {
            return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
        }

        @RestController
        static class Shirts {

            private final WebClient client;

            Shirts(ObservationRegistry observations) {
                this.client = WebClient.builder().observationRegistry(observations).build();
            }

            @GetMapping("/shirts/{id}")
            Mono<String> shirt(@PathVariable String id) {
                return Mono.just(id);
            }

            @GetMapping("/call")
            Mono<String> call(ServerHttpRequest request) {
                return this.client.get()
                    .uri("http://localhost:" + request.getURI().getPort() + "/shirts/{id}?size={size}", "7", "8")
                    .retrieve()
                    .bodyToMono(String.class);
            }

            @GetMapping("/call-nobody")
            Mono<String> callNobody() {
                return this.client.get()
                    .uri("http://localhost:1/stock")
                    .retrieve()
                    .bodyToMono(String.class)
                    .onErrorReturn("nobody");
            }

            @GetMapping("/missing")
            Mono<String> missing() {
                return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
            }

            @GetMapping("/boom")
            Mono<String> boom() {
                return Mono.error(new IllegalStateException("boom"));
            }

        }

    }

}
