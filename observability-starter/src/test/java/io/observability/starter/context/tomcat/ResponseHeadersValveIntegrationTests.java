package io.observability.starter.context.tomcat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

import io.observability.starter.WithoutServletSecurity;
import io.observability.starter.context.servlet.ResponseHeaders;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The headers of answers on Tomcat, by HTTP/1.1 and by HTTP/2.
 */
class ResponseHeadersValveIntegrationTests {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(Application.class).run("--server.port=0", "--server.http2.enabled=true",
                "--server.tomcat.threads.max=2");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void headersStandOnTheWireAsTheyAre() throws Exception {
        String answer = raw("/plain", "order-1");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\r\nX-Request-Id: order-1\r\n");
        assertThat(answer).containsPattern("\r\nX-Trace-Id: [0-9a-f]{32}\r\n")
            .containsPattern("\r\ntraceresponse: 00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]\r\n");
    }

    @Test
    void eachAnswerOfAConnectionHasItsOwn() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = get(CLIENT, "/plain", "order-" + i);
            assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("order-" + i);
        }
    }

    @Test
    void http2HasTheSame() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        get(client, "/plain", "order-1");
        HttpResponse<String> answer = get(client, "/plain", "order-2");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("order-2");
        assertThat(answer.headers().allValues("X-Trace-Id")).hasSize(1);
    }

    @Test
    void applicationMaySetThemAnew() throws Exception {
        HttpResponse<String> answer = get(CLIENT, "/own", "order-1");
        assertThat(answer.headers().allValues("x-request-id")).containsExactly("mine");
        assertThat(answer.body()).isEqualTo("order-1");
    }

    @Test
    void asynchronousAnswersAndErrorsHaveThem() throws Exception {
        for (String path : List.of("/callable", "/fail", "/missing")) {
            HttpResponse<String> answer = get(CLIENT, path, "order-1");
            assertThat(answer.headers().allValues("X-Request-Id")).as(path).containsExactly("order-1");
        }
    }

    @Test
    void onlyThreadsOfTomcatHaveTheShortcut() throws Exception {
        assertThat(get(CLIENT, "/shortcut", "order-1").body()).isEqualTo("true");
        assertThat(ResponseHeaders.shortcut()).isNull();
    }

    private static HttpResponse<String> get(HttpClient client, String path, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .header("X-Request-Id", id)
            .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String path, String id) throws IOException {
        try (Socket socket = new Socket("localhost", port())) {
            socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: " + id
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Configuration(proxyBeanMethods = false)
    @WithoutServletSecurity
    @Import(Endpoints.class)
    static class Application {

        @Bean
        ServletWebServerFactory webServerFactory() {
            return new TomcatServletWebServerFactory();
        }

    }

    @RestController
    static class Endpoints {

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/own")
        String own(HttpServletResponse response) {
            String before = response.getHeader("X-REQUEST-ID");
            response.setHeader("X-Request-Id", "mine");
            return before;
        }

        @GetMapping("/callable")
        Callable<String> callable() {
            return () -> "called";
        }

        @GetMapping("/fail")
        String fail() {
            throw new IllegalStateException("expected");
        }

        @GetMapping("/shortcut")
        String shortcut() {
            return Boolean.toString(ResponseHeaders.shortcut() instanceof TomcatHeaders);
        }

    }

}
