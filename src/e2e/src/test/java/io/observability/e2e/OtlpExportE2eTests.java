package io.observability.e2e;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With an endpoint configured, spans arrive there; those made last too.
 */
class OtlpExportE2eTests {

    private static final String TRACE_ID = "5bf92f3577b34da6a3ce929d0e0e4737";

    private static final String LAST_TRACE_ID = "6bf92f3577b34da6a3ce929d0e0e4738";

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.receiver.createContext("/v1/traces", (exchange) -> {
            // Bytes as characters: enough to find ids and names in protobuf.
            this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        this.receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        this.receiver.stop(0);
    }

    @Test
    void spansArriveAndTheLastOnesAreFlushedAtTheEnd() throws Exception {
        try (Shop shop = Shop.start("--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                + this.receiver.getAddress().getPort() + "/v1/traces")) {
            order(shop, TRACE_ID);
            // The spans of one trace may come in several batches, those that ended first
            // before the others.
            Awaitility.await().untilAsserted(() -> {
                assertThat(received(TRACE_ID)).isTrue();
                assertThat(this.bodies).anyMatch((body) -> body.contains("service.name") && body.contains("shop"))
                    .anyMatch((body) -> body.contains("/api/orders"));
            });
            order(shop, LAST_TRACE_ID);
            assertThat(shop.process().terminate()).isEqualTo(143);
            assertThat(received(LAST_TRACE_ID)).isTrue();
        }
    }

    private static void order(Shop shop, String traceId) throws Exception {
        assertThat(shop.post("/api/orders", Shop.ORDER, "traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
            .statusCode()).isEqualTo(201);
    }

    private boolean received(String traceId) {
        String bytes = new String(HexFormat.of().parseHex(traceId), StandardCharsets.ISO_8859_1);
        return this.bodies.stream().anyMatch((body) -> body.contains(bytes));
    }

}
