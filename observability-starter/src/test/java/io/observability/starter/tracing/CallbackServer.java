package io.observability.starter.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;

/**
 * Notes what a service sends.
 */
public final class CallbackServer implements AutoCloseable {

    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    public CallbackServer() {
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.server.createContext("/", (exchange) -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            this.calls.add(new Call(exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getOrDefault("traceparent", List.of()),
                    exchange.getRequestHeaders().getOrDefault("tracestate", List.of()),
                    exchange.getRequestHeaders().getFirst("User-Agent"), body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        this.server.start();
    }

    public String url(String path) {
        return "http://localhost:" + this.server.getAddress().getPort() + path;
    }

    public List<Call> calls() {
        return this.calls;
    }

    public void clear() {
        this.calls.clear();
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

    public record Call(String path, List<String> traceParents, List<String> traceStates, String userAgent,
            byte[] body) {
    }

}
