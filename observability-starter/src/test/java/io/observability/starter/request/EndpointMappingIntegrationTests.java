package io.observability.starter.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.request.servlet.EndpointHandlerMapping;
import io.observability.starter.surface.TestService;
import io.observability.starter.surface.TestService.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.endpoint.web.EndpointLinksResolver;
import org.springframework.boot.actuate.endpoint.web.EndpointMapping;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.webflux.actuate.endpoint.web.WebFluxEndpointHandlerMapping;
import org.springframework.boot.webmvc.actuate.endpoint.web.WebMvcEndpointHandlerMapping;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The actuator's endpoints answer as by Spring Boot's own mapping, and requests of the
 * application pass them by.
 */
class EndpointMappingIntegrationTests {

    // A method, a path below that of the dispatcher, and headers.
    private static final List<String> REQUESTS = List.of("GET {base}", "GET {base}/", "HEAD {base}/health",
            "GET {base}/health", "GET {base}/health/ping", "GET {base}/health/none", "GET /%61ctuator/health",
            "GET {base};x=y/health", "GET /;x=y{base}/health", "GET {base}/none", "POST {base}/health",
            "GET {base}/info", "GET {base}/health Accept:image/png", "GET {base}/health Accept:application/json",
            "OPTIONS {base}/health Origin:http://shop.example Access-Control-Request-Method:GET",
            "GET {base}/health Origin:http://shop.example", "GET {base}/health Origin:http://else.example",
            "OPTIONS /hello Origin:http://shop.example Access-Control-Request-Method:GET", "GET /hello",
            "GET {base}ish", "GET //actuator/health", "GET /ACTUATOR/health", "GET /livez", "GET /");

    @ParameterizedTest
    @CsvSource({ "TOMCAT, '', /actuator,", "NETTY, '', /manage/it, management.endpoints.web.base-path=/manage/it",
            "TOMCAT, '', '', management.endpoints.web.base-path=/",
            "TOMCAT, /api, /actuator, spring.mvc.servlet.path=/api",
            "NETTY, /shop, /actuator, spring.webflux.base-path=/shop" })
    void eachRequestIsAnsweredAsBySpringBootsMapping(Server server, String prefix, String base, String setting) {
        Map<String, String> ours = answers(server, prefix, base, setting, "observability.http.enabled=true");
        Map<String, String> boots = answers(server, prefix, base, setting, "observability.http.enabled=false");
        assertThat(ours).isEqualTo(boots);
        assertThat(ours.get("GET {base}/health")).contains(" 200", "UP");
        assertThat(ours.get("GET /hello")).contains(" 200", "hello []");
    }

    private static Map<String, String> answers(Server server, String prefix, String base, String setting,
            String engine) {
        List<String> settings = new ArrayList<>(List.of(engine, "management.endpoints.web.exposure.include=health,info",
                "management.endpoints.web.cors.allowed-origins=http://shop.example",
                "management.endpoint.health.show-components=always", "observability.tracing.response.enabled=false"));
        if (setting != null) {
            settings.add(setting);
        }
        Map<String, String> answers = new TreeMap<>();
        try (TestService service = TestService.on(server)
            .with(Hello.class)
            .set(settings.toArray(String[]::new))
            .start()) {
            for (String request : REQUESTS) {
                answers.put(request, ask(service.port(), prefix, request.replace("{base}", base)));
            }
        }
        return answers;
    }

    // One connection for each: reactor/reactor-netty#4361.
    private static String ask(int port, String prefix, String text) {
        String[] parts = text.split(" ");
        String path = (parts.length > 1 && parts[1].startsWith("/")) ? parts[1] : "/";
        StringBuilder request = new StringBuilder(parts[0] + " " + prefix + path + " HTTP/1.1\r\nHost: shop\r\n");
        for (int i = 2; i < parts.length; i++) {
            request.append(parts[i]).append("\r\n");
        }
        request.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // What is another's each time, the length of such a text included.
            return answer.replaceAll("(?i)(Date|X-Request-Id|Content-Length): .*\r\n", "")
                .replaceAll("\"(timestamp|requestId)\":\"[^\"]*\"", "");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(text, ex);
        }
    }

    @Test
    void requestsOfTheApplicationAreNotLookedAt() throws Exception {
        try (TestService service = TestService.on(Server.TOMCAT).start()) {
            WebMvcEndpointHandlerMapping mapping = service.context().getBean(WebMvcEndpointHandlerMapping.class);
            assertThat(mapping).isInstanceOf(EndpointHandlerMapping.class);
            assertThat(isLookedAt(mapping, "/hello")).isFalse();
            assertThat(isLookedAt(mapping, "/actuator/none")).isTrue();
        }
    }

    // Whoever looks takes away what an earlier mapping has left.
    private static boolean isLookedAt(HandlerMapping mapping, String path) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        ServletRequestPathUtils.parseAndCache(request);
        request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, "left");
        assertThat(mapping.getHandler(request)).isNull();
        return request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null;
    }

    @Test
    void exchangesOfTheApplicationAreNotLookedAt() {
        try (TestService service = TestService.on(Server.NETTY).start()) {
            WebFluxEndpointHandlerMapping mapping = service.context().getBean(WebFluxEndpointHandlerMapping.class);
            assertThat(isLookedAt(mapping, "/hello")).isFalse();
            assertThat(isLookedAt(mapping, "/actuator/none")).isTrue();
        }
    }

    private static boolean isLookedAt(WebFluxEndpointHandlerMapping mapping, String path) {
        String producible = org.springframework.web.reactive.HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE;
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get(path));
        assertThat(exchange.getRequest().getPath().pathWithinApplication()).isEqualTo(PathContainer.parsePath(path));
        exchange.getAttributes().put(producible, "left");
        assertThat(mapping.getHandler(exchange).blockOptional()).isEmpty();
        return !exchange.getAttributes().containsKey(producible);
    }

    @Test
    void aMappingOfTheApplicationStays() {
        try (TestService service = TestService.on(Server.TOMCAT).with(OwnMapping.class).start()) {
            assertThat(service.context().getBean(WebMvcEndpointHandlerMapping.class).getClass())
                .isEqualTo(WebMvcEndpointHandlerMapping.class);
            assertThat(service.get("/hello").status()).isEqualTo(404);
        }
    }

    @RestController
    static class Hello {

        @GetMapping("/hello")
        String hello() {
            return "hello []";
        }

        @GetMapping("/{any}")
        String any(@PathVariable("any") String any) {
            return "any " + any;
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMapping {

        @Bean
        WebMvcEndpointHandlerMapping mapping(WebEndpointsSupplier endpoints, EndpointMediaTypes mediaTypes) {
            return new WebMvcEndpointHandlerMapping(new EndpointMapping("/own"), endpoints.getEndpoints(), mediaTypes,
                    null, new EndpointLinksResolver(List.of()), true);
        }

    }

}
