package io.observability.starter.logging.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.observability.starter.logging.access.AccessLines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Business tags of requests that follow each other on one connection and one thread.
 */
class BusinessTagsIntegrationTests {

    @ParameterizedTest
    @EnumSource(AccessLineService.Server.class)
    void noTagStaysOnAPooledThread(AccessLineService.Server server) throws IOException {
        try (ConfigurableApplicationContext service = AccessLineService.start(server, "server.tomcat.threads.max=1",
                "server.tomcat.threads.min-spare=1", "server.jetty.threads.max=8",
                "observability.context.tags.headers.tenant_name=X-Tenant",
                "observability.context.tags.headers.sales-channel=X-Channel", "observability.logging.access.path=true",
                "observability.logging.access.client-address=true", "observability.logging.access.user-agent=true");
                AccessLines lines = AccessLines.attach();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), AccessLineService.port(service))) {
            BufferedReader answers = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            send(socket, answers, "/tagged", "first", "X-Tenant: acme\r\nX-Channel: web\r\n");
            assertThat(lines.only("first").mdc()).containsEntry("customer_tier", "gold")
                .containsEntry("tenant_name", "acme")
                .containsEntry("sales_channel", "web");
            assertThat(lines.only("first").fields()).containsEntry("http_path", "/tagged")
                .containsEntry("client_address", "127.0.0.1")
                .containsEntry("user_agent", "test");
            send(socket, answers, "/products/1?secret=1", "second", "");
            assertThat(lines.only("second").mdc()).containsOnlyKeys("request_id", "trace_id", "span_id");
            assertThat(lines.only("second").fields()).containsEntry("http_path", "/products/1");
            send(socket, answers, "/products/1", "third", "X-Tenant: a\tb\r\nX-Channel: " + "x".repeat(129) + "\r\n");
            send(socket, answers, "/products/1", "fourth", "X-Tenant: a\r\nX-Tenant: b\r\n");
            for (String id : List.of("third", "fourth")) {
                assertThat(lines.only(id).mdc()).containsOnlyKeys("request_id", "trace_id", "span_id");
            }
        }
    }

    private static void send(Socket socket, BufferedReader answers, String path, String id, String headers)
            throws IOException {
        socket.getOutputStream()
            .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\nX-Request-Id: " + id + "\r\n"
                    + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        int length = 0;
        String line = answers.readLine();
        while (line != null && !line.isEmpty()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
            line = answers.readLine();
        }
        assertThat(answers.skip(length)).isEqualTo(length);
    }

}
