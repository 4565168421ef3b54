package io.observability.promcard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * A server within this process, on a port of its own.
 */
final class TestServer implements AutoCloseable {

    static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final HttpServer server;

    private final String scheme;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final List<String> asked = new CopyOnWriteArrayList<>();

    TestServer() {
        this(null);
    }

    TestServer(HttpsConfigurator tls) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            this.scheme = (tls != null) ? "https" : "http";
            this.server = (tls != null) ? HttpsServer.create(address, 0) : HttpServer.create(address, 0);
            if (this.server instanceof HttpsServer https) {
                https.setHttpsConfigurator(tls);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.server.setExecutor(this.threads);
        this.server.start();
    }

    TestServer on(String path, HttpHandler handler) {
        this.server.createContext(path, (exchange) -> {
            this.asked.add(exchange.getRequestURI().toString());
            handler.handle(exchange);
        });
        return this;
    }

    TestServer on(String path, int status, String type, String body) {
        return on(path, (exchange) -> answer(exchange, status, type, body));
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static byte[] packed(String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    String url(String path) {
        return this.scheme + "://localhost:" + this.server.getAddress().getPort() + path;
    }

    List<String> asked() {
        return this.asked;
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.shutdownNow();
    }

}
