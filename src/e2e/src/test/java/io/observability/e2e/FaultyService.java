package io.observability.e2e;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.observability.e2e.health.FaultyDependencies;
import org.awaitility.Awaitility;

/**
 * {@link FaultyDependencies} as a process of its own, on the class path of this module
 * with or without the starter.
 */
final class FaultyService implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private static final Pattern OTHERS = Pattern
        .compile("security|webflux|reactor|netty|reactive-streams|log4j-core|log4j-slf4j2|log4j-jul");

    private static final Pattern STARTER = Pattern.compile("observability-starter([/\\\\]target|-[^/\\\\]*\\.jar$)");

    private final HttpClient client = HttpClient.newHttpClient();

    private final ServerProcess process;

    private final URI url;

    private FaultyService(ServerProcess process) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + process.awaitPort(process.output(), PORT));
    }

    /**
     * Start the service and wait until it answers.
     * @param starter whether it has the starter
     * @param arguments command-line arguments
     * @return the running service
     */
    static FaultyService start(boolean starter, String... arguments) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter((entry) -> !OTHERS.matcher(new File(entry).getName()).find())
            .filter((entry) -> starter || !STARTER.matcher(entry).find())
            .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, FaultyDependencies.class.getName(),
                "--server.port=0", "--management.endpoint.health.show-details=always");
        builder.command().addAll(List.of(arguments));
        FaultyService service = new FaultyService(new ServerProcess(builder));
        try {
            Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> service.get("/page", Duration.ofSeconds(10)).statusCode() == 200);
        }
        catch (RuntimeException ex) {
            service.kill();
            throw ex;
        }
        return service;
    }

    URI uri(String path) {
        return this.url.resolve(path);
    }

    HttpResponse<String> get(String path, Duration patience) throws IOException, InterruptedException {
        return this.client.send(HttpRequest.newBuilder(uri(path)).timeout(patience).build(), BodyHandlers.ofString());
    }

    /**
     * Threads of the process, as the kernel counts them.
     * @return the number, or -1 where the system does not tell
     */
    int threads() throws IOException {
        Path status = Path.of("/proc", Long.toString(this.process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status)
            .stream()
            .filter((line) -> line.startsWith("Threads:"))
            .mapToInt((line) -> Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()))
            .findFirst()
            .orElse(-1);
    }

    List<String> output() {
        return this.process.output();
    }

    private void kill() {
        ProcessHandle.of(this.process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws InterruptedException {
        this.process.close();
    }

}
