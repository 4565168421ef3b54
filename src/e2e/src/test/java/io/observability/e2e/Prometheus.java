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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

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

    /**
     * Find a program, or skip the test and say why.
     * @param program its name
     * @return where it is
     */
    static Path installed(String program) {
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            String reason = "Skipped: there is no " + program + " on the path (Debian: apt-get install prometheus)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }

    static Prometheus start(Path directory, Shop target) throws Exception {
        return start(directory, "exemplar-storage", Map.of("shop", target));
    }

    /**
     * Start a server.
     * @param directory where it keeps what it has
     * @param features names of features to enable, with commas in between
     * @param targets what it scrapes, by the name of the job
     * @return the running server
     */
    static Prometheus start(Path directory, String features, Map<String, Shop> targets) throws Exception {
        Path binary = installed("prometheus");
        StringBuilder configuration = new StringBuilder("""
                global:
                  scrape_interval: 1s
                  scrape_timeout: 1s
                scrape_configs:
                """);
        targets.forEach((job, shop) -> configuration.append("""
                  - job_name: %s
                    metrics_path: /metrics
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                """.formatted(job, shop.port())));
        Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        ServerProcess process = new ServerProcess(new ProcessBuilder(binary.toString(), "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("data"), "--storage.tsdb.retention.size=64MB",
                "--web.listen-address=127.0.0.1:0", "--enable-feature=" + features));
        try {
            return new Prometheus(process);
        }
        catch (Throwable ex) {
            process.close();
            throw ex;
        }
    }

    /**
     * What promtool's linter says of a scrape.
     * @param scrape text of the scrape
     * @param file where it may be written to
     * @return its findings
     */
    static List<String> lint(String scrape, Path file) throws Exception {
        Path promtool = installed("promtool");
        Files.writeString(file, scrape);
        Process process = new ProcessBuilder(promtool.toString(), "check", "metrics").redirectErrorStream(true)
            .redirectInput(file.toFile())
            .start();
        try {
            List<String> findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(findings).noneMatch((finding) -> finding.contains("error"));
            return findings;
        }
        finally {
            process.destroyForcibly();
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
