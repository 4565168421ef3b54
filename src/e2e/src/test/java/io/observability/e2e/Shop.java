package io.observability.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged sample app, running, and a client for it.
 */
final class Shop implements AutoCloseable {

    static final String ORDER = """
            {"email":"jane@example.com","items":[{"productId":1,"quantity":2}]}""";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final ServerProcess process;

    private final int port;

    private Shop(ServerProcess process) {
        this.process = process;
        this.port = process.awaitPort(process.output(), PORT);
    }

    /**
     * Start the shop on a free port and wait until it is ready.
     * @param arguments command-line arguments
     * @return the running shop
     */
    static Shop start(String... arguments) throws Exception {
        return start(ShopCommand.unpacked(List.of(), List.of(arguments)));
    }

    /**
     * Start the packaged jar as it is, on a free port, and wait until it is ready.
     * @param arguments command-line arguments
     * @return the running shop
     */
    static Shop startPackaged(String... arguments) throws Exception {
        return start(ShopCommand.packaged(List.of(), List.of(arguments)));
    }

    /**
     * Start the shop and wait until it is ready.
     * @param command the command, of {@link ShopCommand}
     * @return the running shop
     */
    static Shop start(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        // What the environment of the build says is not what the test is about.
        builder.environment().keySet().removeIf((name) -> name.matches("(OTEL|SPRING|SHOP|SERVER|MANAGEMENT)_.*"));
        ServerProcess process = new ServerProcess(builder);
        try {
            Shop shop = new Shop(process);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> shop.get("/readyz").statusCode() == 200);
            return shop;
        }
        catch (Throwable ex) {
            process.close();
            throw ex;
        }
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return this.client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return this.client.sendAsync(request(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json, String... headers) throws Exception {
        return this.client.send(request(path, headers).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(60));
        return (headers.length > 0) ? request.headers(headers) : request;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + this.port);
    }

    int port() {
        return this.port;
    }

    ServerProcess process() {
        return this.process;
    }

    /**
     * All that the process has written so far.
     * @return the lines, each of which is a JSON object
     */
    List<JsonNode> lines() {
        return this.process.output().stream().map(Shop::json).toList();
    }

    /**
     * The lines of one trace.
     * @param traceId the trace
     * @return its lines
     */
    List<JsonNode> lines(String traceId) {
        return lines().stream().filter((line) -> traceId.equals(text(line, "trace_id"))).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        }
        catch (RuntimeException ex) {
            throw new AssertionError("Not JSON: " + text, ex);
        }
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    @Override
    public void close() throws InterruptedException {
        this.process.close();
    }

}
