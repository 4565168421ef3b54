package io.observability.starter.logging.reactive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.observability.starter.context.BusinessTags;
import io.observability.starter.logging.access.AccessField;
import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.tracing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.reactive.JettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One line for each request on WebFlux.
 */
class ReactiveAccessLineIntegrationTests {

    private static final Map<Server, ConfigurableApplicationContext> SERVICES = new EnumMap<>(Server.class);

    @AutoClose
    private final AccessLines lines = AccessLines.attach();

    @BeforeAll
    static void start() {
        for (Server server : Server.values()) {
            SERVICES.put(server,
                    new SpringApplicationBuilder(Service.class).web(WebApplicationType.REACTIVE)
                        .initializers((context) -> ((GenericApplicationContext) context)
                            .registerBean(ReactiveWebServerFactory.class, server.factory))
                        .properties("server.port=0", "spring.main.banner-mode=off",
                                "server.forward-headers-strategy=framework", "server.tomcat.mbeanregistry.enabled=true",
                                "observability.context.tags.headers.tenant=X-Tenant",
                                "observability.tracing.exclude-paths=/quiet/**")
                        .run());
        }
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    static Stream<Arguments> endings() {
        List<Object[]> endings = List.of(new Object[] { "/products/7", 200, "/products/{id}", 9L },
                new Object[] { "/empty", 204, "/empty", null }, new Object[] { "/nowhere", 404, "_unmatched", null },
                new Object[] { "/fail", 500, "/fail", null }, new Object[] { "/later", 200, "/later", 5L },
                new Object[] { "/stream", 200, "/stream", null }, new Object[] { "/secret", 401, "_unmatched", null });
        return Arrays.stream(Server.values())
            .flatMap((server) -> endings.stream()
                .map((ending) -> Arguments.of(server, ending[0], ending[1], ending[2], ending[3])));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void eachEndingHasOneLineWithTheIds(Server server, String path, int status, String route, Long bytes) {
        String id = "reactive-" + server + path.replace('/', '-');
        RawHttp.Answer answer = RawHttp.get(port(server), path, "X-Request-Id: " + id, "X-Tenant: acme");
        AccessLines.Line line = this.lines.only(id);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(line.get(AccessField.HTTP_STATUS)).isEqualTo(status);
        assertThat(line.get(AccessField.HTTP_ROUTE)).isEqualTo(route);
        if (bytes != null) {
            assertThat(line.get(AccessField.RESPONSE_BYTES)).isEqualTo(bytes);
        }
        assertThat(line.get(AccessField.HTTP_OUTCOME)).isNull();
        assertThat(line.level()).isEqualTo((status >= 500) ? Level.WARN : Level.INFO);
        assertThat(line.mdc().get("trace_id")).matches("[0-9a-f]{32}").isEqualTo(answer.headers().get("x-trace-id"));
        assertThat(line.mdc().get("span_id")).matches("[0-9a-f]{16}");
        assertThat(line.mdc()).containsEntry("tenant", "acme");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void tagOfAnotherThreadIsOnTheLineAndOnNoOther(Server server) {
        RawHttp.get(port(server), "/tagged", "X-Request-Id: tagged-" + server);
        assertThat(this.lines.only("tagged-" + server).mdc()).containsEntry("customer_tier", "gold")
            .containsEntry("seen_later", "gold");
        for (int i = 0; i < 20; i++) {
            RawHttp.get(port(server), "/products/1", "X-Request-Id: untagged-" + server + i);
            assertThat(this.lines.only("untagged-" + server + i).mdc()).containsOnlyKeys("trace_id", "span_id",
                    "request_id");
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void clientThatWentAwayIsMarked(Server server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
            socket.getOutputStream()
                .write("GET /endless HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: gone-%s\r\n\r\n".formatted(server)
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        AccessLines.Line line = this.lines.only("gone-" + server);
        // Netty ends what it can't write any more as if it had been written.
        if (server != Server.NETTY) {
            assertThat(line.get(AccessField.HTTP_OUTCOME)).isEqualTo("client_gone");
        }
        assertThat(line.get(AccessField.HTTP_ROUTE)).isEqualTo("/endless");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void probesScrapesAndWhatIsLeftOutHaveNoLine(Server server) {
        for (String path : List.of("/healthz", "/livez", "/readyz", "/metrics", "/actuator/health", "/quiet/1")) {
            RawHttp.get(port(server), path, "X-Request-Id: probe");
        }
        RawHttp.get(port(server), "/products/1", "X-Request-Id: after-" + server);
        this.lines.only("after-" + server);
        assertThat(this.lines.seen()).hasSize(1);
    }

    private static int port(Server server) {
        return ((ReactiveWebServerApplicationContext) Objects.requireNonNull(SERVICES.get(server))).getWebServer()
            .getPort();
    }

    enum Server {

        NETTY(NettyReactiveWebServerFactory::new), TOMCAT(TomcatReactiveWebServerFactory::new),
        JETTY(JettyReactiveWebServerFactory::new);

        private final Supplier<ReactiveWebServerFactory> factory;

        Server(Supplier<ReactiveWebServerFactory> factory) {
            this.factory = factory;
        }

    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

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

        @RestController
        static class Endings {

            @GetMapping("/products/{id}")
            Mono<String> product(@PathVariable String id) {
                return Mono.just("product " + id);
            }

            @GetMapping("/quiet/{id}")
            Mono<String> quiet(@PathVariable String id) {
                return Mono.just(id);
            }

            @GetMapping("/empty")
            Mono<ResponseEntity<Void>> empty() {
                return Mono.just(ResponseEntity.noContent().build());
            }

            @GetMapping("/fail")
            Mono<String> fail() {
                return Mono.error(new IllegalStateException("failed in the request"));
            }

            @GetMapping("/later")
            Mono<String> later() {
                return Mono.delay(Duration.ofMillis(5)).thenReturn("later");
            }

            @GetMapping("/stream")
            Flux<Map<String, Integer>> stream() {
                return Flux.range(0, 5).map((i) -> Map.of("value", i));
            }

            @GetMapping(path = "/endless", produces = "text/event-stream")
            Flux<String> endless() {
                return Flux.interval(Duration.ofMillis(1)).onBackpressureDrop().map((i) -> "x".repeat(1000));
            }

            @GetMapping("/secret")
            Mono<String> secret() {
                return Mono.just("secret");
            }

            @GetMapping("/tagged")
            Mono<String> tagged() {
                return Mono.delay(Duration.ofMillis(5)).map((tick) -> {
                    BusinessTags.put("customer_tier", "gold");
                    return "tagged";
                }).delayElement(Duration.ofMillis(5)).map((tagged) -> {
                    BusinessTags.put("seen_later", MDC.get("customer_tier"));
                    return tagged;
                });
            }

        }

    }

}
