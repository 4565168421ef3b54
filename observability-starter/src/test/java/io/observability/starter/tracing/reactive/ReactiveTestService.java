package io.observability.starter.tracing.reactive;

import java.util.List;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A service on WebFlux and Netty, with Spring Security in front that lets all pass.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReactiveTestService {

    static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(ReactiveTestService.class).web(WebApplicationType.REACTIVE)
            .properties("server.port=0", "spring.main.banner-mode=off",
                    // See TestService: a kept connection may be left unread.
                    "server.netty.max-keep-alive-requests=1")
            .properties(properties)
            .run();
    }

    static int port(ConfigurableApplicationContext context) {
        return ((ReactiveWebServerApplicationContext) context).getWebServer().getPort();
    }

    @Bean
    SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http) {
        return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
            .csrf(ServerHttpSecurity.CsrfSpec::disable)
            .build();
    }

    @Bean
    InMemorySpanExporter spanExporter() {
        return InMemorySpanExporter.create();
    }

    @RestController
    static class Controller {

        private final WebClient client;

        Controller(ObservationRegistry registry) {
            this.client = WebClient.builder().observationRegistry(registry).build();
        }

        @PostMapping("/test")
        Mono<String> test(@RequestBody List<Map<String, Object>> calls) {
            return Flux.fromIterable(calls)
                .concatMap((call) -> this.client.post()
                    .uri(String.valueOf(call.get("url")))
                    .bodyValue(String.valueOf(call.get("arguments")))
                    .retrieve()
                    .toBodilessEntity())
                .then(Mono.just("ok"));
        }

        @GetMapping("/status/{status}")
        Mono<ResponseEntity<String>> status(@PathVariable int status) {
            return Mono.just(ResponseEntity.status(status).body("as you wish"));
        }

        @GetMapping("/fail")
        Mono<String> fail() {
            return Mono.error(new IllegalStateException("failed in the request"));
        }

    }

}
