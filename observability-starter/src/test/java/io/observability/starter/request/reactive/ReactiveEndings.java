package io.observability.starter.request.reactive;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

/**
 * A service on Reactor Netty whose requests end in every way that a request can end.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReactiveEndings {

    static final AtomicInteger WAITING = new AtomicInteger();

    private static final Logger logger = LoggerFactory.getLogger(ReactiveEndings.class);

    static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(ReactiveEndings.class).web(WebApplicationType.REACTIVE)
            .properties("server.port=0", "spring.main.banner-mode=off", "observability.tracing.sampling.probability=1",
                    "observability.tracing.exclude-paths=/quiet",
                    // Its observations would stand between the request's and a handler's.
                    "management.observations.enable.spring.security=false")
            .properties(properties)
            .run();
    }

    static int port(ConfigurableApplicationContext service) {
        return ((ReactiveWebServerApplicationContext) service).getWebServer().getPort();
    }

    @Bean
    ReactiveWebServerFactory webServerFactory() {
        return new NettyReactiveWebServerFactory(0);
    }

    @Bean
    InMemorySpanExporter spanExporter() {
        return InMemorySpanExporter.create();
    }

    @Bean
    SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http) {
        return http
            .authorizeExchange(
                    (exchanges) -> exchanges.pathMatchers("/secret").authenticated().anyExchange().permitAll())
            .exceptionHandling((handling) -> handling
                .authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
            .csrf(ServerHttpSecurity.CsrfSpec::disable)
            .build();
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
            .GET("/functional/{id}", (request) -> ServerResponse.ok().bodyValue(request.pathVariable("id")))
            .GET("/functional-fail", (request) -> Mono.error(new IllegalStateException("failed in the route")))
            .build();
    }

    @RestController
    static class Endings {

        private final ObservationRegistry observations;

        private final Tracer tracer;

        Endings(ObservationRegistry observations, Tracer tracer) {
            this.observations = observations;
            this.tracer = tracer;
        }

        @GetMapping("/products/{id}")
        Mono<String> product(@PathVariable String id) {
            return Mono.just("product " + id);
        }

        @GetMapping("/empty")
        Mono<ResponseEntity<Void>> empty() {
            return Mono.just(ResponseEntity.noContent().build());
        }

        @GetMapping("/elsewhere")
        Mono<ResponseEntity<Void>> elsewhere() {
            return Mono.just(ResponseEntity.status(302).header("Location", "/products/1").build());
        }

        @GetMapping("/conflict")
        Mono<String> conflict() {
            return Mono.error(new ResponseStatusException(HttpStatus.CONFLICT));
        }

        @GetMapping("/fail")
        Mono<String> fail() {
            return Mono.error(new IllegalStateException("failed in the request"));
        }

        @GetMapping("/fail-thrown")
        Mono<String> failThrown() {
            throw new IllegalStateException("failed ahead of the request");
        }

        @GetMapping("/fail-later")
        Mono<String> failLater() {
            return Mono.delay(Duration.ofMillis(5)).map((tick) -> {
                throw new IllegalStateException("failed on another thread");
            });
        }

        @GetMapping("/fail-begun")
        Mono<Void> failBegun(ServerHttpResponse response) {
            return response
                .writeAndFlushWith(Flux.concat(Mono.just(Mono.just(response.bufferFactory().wrap(new byte[100]))),
                        Mono.error(new IllegalStateException("failed in the answer"))));
        }

        @GetMapping("/later")
        Mono<String> later() {
            return Mono.delay(Duration.ofMillis(5)).publishOn(Schedulers.boundedElastic()).map((tick) -> {
                logger.info("later");
                return "later";
            });
        }

        @GetMapping("/timeout")
        Mono<String> timeout() {
            return Mono.<String>never().timeout(Duration.ofMillis(20));
        }

        @GetMapping("/stream")
        Flux<Map<String, Integer>> stream() {
            return Flux.range(0, 5).map((i) -> Map.of("value", i));
        }

        @GetMapping(path = "/events", produces = "text/event-stream")
        Flux<String> events() {
            return Flux.interval(Duration.ofMillis(2)).onBackpressureDrop().map((i) -> "event " + i).take(3);
        }

        @GetMapping(path = "/endless", produces = "text/event-stream")
        Flux<String> endless() {
            return Flux.interval(Duration.ofMillis(1)).onBackpressureDrop().map((i) -> "x".repeat(1000));
        }

        @GetMapping("/never")
        Mono<String> never() {
            return Mono.<String>never().doOnSubscribe((subscription) -> WAITING.incrementAndGet());
        }

        @GetMapping("/secret")
        Mono<String> secret() {
            return Mono.just("secret");
        }

        @GetMapping("/quiet")
        Mono<String> quiet() {
            return observed("quiet");
        }

        // The current observation is asked for, and one is made within, on another
        // thread.
        @GetMapping("/observed")
        Mono<String> observed() {
            return Mono.delay(Duration.ofMillis(2)).then(observed("inner"));
        }

        private Mono<String> observed(String name) {
            return Mono.deferContextual((context) -> {
                Observation request = context.get(ObservationThreadLocalAccessor.KEY);
                request.highCardinalityKeyValue("order", "4711").event(Observation.Event.of("packed"));
                Observation.createNotStarted(name, this.observations).parentObservation(request).observe(() -> {
                });
                Span current = this.tracer.currentSpan();
                return Mono.just(Objects.toString((current != null) ? current.context().spanId() : null));
            });
        }

    }

}
