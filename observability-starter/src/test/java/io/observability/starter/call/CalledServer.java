package io.observability.starter.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Answers with the status that stands in the path, and notes what it was sent.
 */
final class CalledServer implements AutoCloseable {

    private static final List<String> NOTED = List.of("traceparent", "tracestate", "baggage", "x-request-id");

    private final List<Map<String, List<String>>> calls = new CopyOnWriteArrayList<>();

    private final CountDownLatch closing = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HttpServer server;

    CalledServer() {
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.server.setExecutor(this.threads);
        this.server.createContext("/", this::answer);
        this.server.start();
    }

    String url() {
        return "http://localhost:" + this.server.getAddress().getPort();
    }

    List<Map<String, List<String>>> calls() {
        return this.calls;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (NOTED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
            }
        });
        this.calls.add(headers);
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/never")) {
            await();
        }
        int status = path.matches("/status/\\d+") ? Integer.parseInt(path.substring("/status/".length())) : 200;
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", "/found");
        }
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        byte[] body = "answer".getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void await() {
        try {
            this.closing.await(60, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        this.closing.countDown();
        this.server.stop(0);
        this.threads.shutdownNow();
    }

}
