package io.observability.e2e;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * A real Prometheus that scrapes one target each second and stores exemplars.
 */
final class Prometheus implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();

    private final ServerProcess process;

    private final int port;

    private Prometheus(ServerProcess process) {
        this.process = process;
        this.port = process.awaitPort(process.errors(), PORT);
    }

    /**
     * Find a program.
     * @param name its name
     * @return where it is on the path
     */
    static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .map((directory) -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    }

    static Prometheus start(Path binary, Path directory, Shop target) throws Exception {
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                  scrape_timeout: 1s
                scrape_configs:
                  - job_name: shop
                    metrics_path: /metrics
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                """.formatted(target.port()));
        ServerProcess process = new ServerProcess(
                new ProcessBuilder(binary.toString(), "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"), "--storage.tsdb.retention.size=64MB",
                        "--web.listen-address=127.0.0.1:0", "--enable-feature=exemplar-storage"));
        try {
            return new Prometheus(process);
        }
        catch (Throwable ex) {
            process.close();
            throw ex;
        }
    }

    /**
     * Ask the HTTP API.
     * @param path path below {@code /api/v1/}
     * @param parameters names and values in turn
     * @return {@code data} of the answer
     */
    JsonNode ask(String path, String... parameters) throws Exception {
        StringBuilder url = new StringBuilder("http://127.0.0.1:" + this.port + "/api/v1/" + path);
        for (int i = 0; i < parameters.length; i += 2) {
            url.append((i == 0) ? '?' : '&').append(parameters[i]).append('=');
            url.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.toString()))
            .timeout(Duration.ofSeconds(10))
            .build();
        HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
        return Shop.json(answer.body()).path("data");
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + this.port);
    }

    @Override
    public void close() throws InterruptedException {
        this.process.close();
    }

}
