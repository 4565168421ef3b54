package io.observability.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The packaged sample app with its standard output in the test's hand: a file, or a pipe
 * that is read, not read or closed. Its directory gets {@code stdout}, {@code stderr} and
 * {@code receipts}, the lines of a burst whose calls have returned.
 */
final class LoggedShop implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final Semaphore reading = new Semaphore(1);

    private final Path directory;

    private final Process process;

    private final Thread guard;

    private URI url = URI.create("http://127.0.0.1:0");

    private LoggedShop(Path directory, ProcessBuilder builder) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("receipts"));
        this.process = builder.redirectError(directory.resolve("stderr").toFile()).start();
        this.guard = new Thread(this.process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(this.guard);
        if (builder.redirectOutput() == Redirect.PIPE) {
            Thread reader = new Thread(this::readOutput);
            reader.setDaemon(true);
            reader.start();
        }
    }

    /**
     * Start the shop and wait until it answers.
     * @param directory where its output goes
     * @param output its standard output
     * @param jvm options of its JVM, parted by blanks
     * @param arguments command-line arguments
     * @return the running shop
     */
    static LoggedShop start(Path directory, Redirect output, String jvm, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--shop.failures.enabled=true",
                "--management.endpoints.web.exposure.include=health,failures,pipeline",
                "--logging.level.io.observability.sample=DEBUG"));
        // Given twice, a property has both values.
        all.removeIf((one) -> Stream.of(arguments)
            .anyMatch((argument) -> argument.startsWith(one.substring(0, one.indexOf('=') + 1))));
        all.addAll(List.of(arguments));
        List<String> options = Stream.of(jvm.split(" +")).filter((option) -> !option.isEmpty()).toList();
        ProcessBuilder builder = new ProcessBuilder(ShopCommand.unpacked(options, all)).redirectOutput(output);
        builder.environment().keySet().removeIf((name) -> name.matches("(OTEL|SPRING|SHOP|SERVER|MANAGEMENT)_.*"));
        LoggedShop shop = new LoggedShop(directory, builder);
        try {
            shop.awaitStart();
            return shop;
        }
        catch (Throwable ex) {
            shop.close();
            throw ex;
        }
    }

    // The log is what the tests break, so the port is looked for elsewhere.
    private void awaitStart() {
        Awaitility.await("start").atMost(START).ignoreExceptions().until(() -> {
            if (!this.process.isAlive()) {
                return true;
            }
            List<String> ports = Sockets.of(pid()).listening();
            if (ports.size() == 1) {
                String address = ports.get(0);
                int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
                this.url = URI.create("http://127.0.0.1:" + port);
                return get("/actuator/health").statusCode() == 200;
            }
            return false;
        });
        if (!this.process.isAlive()) {
            throw new IllegalStateException("The shop ended at start, see " + this.directory);
        }
    }

    private void readOutput() {
        byte[] buffer = new byte[8192];
        try (InputStream input = this.process.getInputStream(); OutputStream copy = Files.newOutputStream(output())) {
            for (int length = 0; length >= 0; length = input.read(buffer)) {
                copy.write(buffer, 0, length);
                this.reading.acquireUninterruptibly();
                this.reading.release();
            }
        }
        catch (IOException ex) {
            // The process has ended, or the test has closed the pipe.
        }
    }

    /**
     * Read no more of what the shop writes; its pipe fills up.
     */
    void stopReading() {
        this.reading.acquireUninterruptibly();
    }

    /**
     * Read on after {@link #stopReading()}.
     */
    void readOn() {
        this.reading.release();
    }

    /**
     * Close the reading end of the pipe, as a log collector does that dies.
     */
    void closeOutput() throws IOException {
        this.process.getInputStream().close();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return this.client.send(HttpRequest.newBuilder(this.url.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
                BodyHandlers.ofString());
    }

    /**
     * Begin a failure of the sample app.
     * @param kind which one
     * @param how its values as JSON
     */
    void begin(String kind, String how) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(this.url.resolve("/actuator/failures/" + kind))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(how))
            .build();
        HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(kind + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /**
     * Log a burst and wait until the last call has returned.
     * @param lines how many
     */
    void burst(int lines) throws Exception {
        begin("log-burst", "{\"lines\":%d,\"threads\":4,\"duration\":\"5m\"}".formatted(lines));
        Awaitility.await("end of the burst")
            .atMost(Duration.ofMinutes(2))
            .until(() -> !get("/actuator/failures").body().contains("LOG_BURST"));
    }

    /**
     * What the shop says of the lines of one destination.
     * @param destination its name
     * @return the account
     */
    LogAccount account(String destination) throws IOException, InterruptedException {
        for (JsonNode path : Shop.json(get("/actuator/pipeline").body()).path("paths")) {
            if (destination.equals(Shop.text(path, "destination"))) {
                return LogAccount.of(path);
            }
        }
        throw new AssertionError("No destination " + destination);
    }

    /**
     * Wait until nothing is queued and the account is that of the lines on disk.
     * @param destination name of the destination
     * @param files where its lines are
     * @return the account
     */
    LogAccount awaitSettled(String destination, Path... files) {
        return awaitSettled(destination, 0, files);
    }

    /**
     * Wait until all that has been logged so far is written, whatever is logged
     * meanwhile.
     * @param destination name of the destination
     */
    void awaitWritten(String destination) throws Exception {
        long made = account(destination).made();
        Awaitility.await("written to " + destination)
            .atMost(Duration.ofSeconds(20))
            .until(() -> account(destination).written() >= made);
    }

    /**
     * As {@link #awaitSettled(String, Path...)}, where the files hold other lines too.
     * @param destination name of the destination
     * @param others number of lines that are not this process's
     * @param files where its lines are
     * @return the account
     */
    LogAccount awaitSettled(String destination, int others, Path... files) {
        LogAccount[] settled = new LogAccount[1];
        Awaitility.await("settled " + destination).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            LogAccount before = account(destination);
            long lines = -others;
            for (Path file : files) {
                lines += LinesOnDisk.count(file);
            }
            LogAccount after = account(destination);
            settled[0] = after;
            if (!before.equals(after) || after.queued() > 0 || after.written() != lines) {
                throw new AssertionError(before + ", then " + after + " with " + lines + " lines on disk");
            }
        });
        return settled[0];
    }

    Path output() {
        return this.directory.resolve("stdout");
    }

    String errors() throws IOException {
        return Files.readString(this.directory.resolve("stderr"));
    }

    /**
     * The lines of a burst whose calls have returned.
     * @param writer number of the thread that logged them
     * @return level and number of each
     */
    List<String> receipts(int writer) throws IOException {
        Path file = this.directory.resolve("receipts/writer-" + writer);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    URI url() {
        return this.url;
    }

    long pid() {
        return this.process.pid();
    }

    void kill() throws InterruptedException {
        this.process.destroyForcibly();
        this.process.waitFor();
    }

    int terminate() throws InterruptedException {
        // Process.destroy() would close the streams as well.
        this.process.toHandle().destroy();
        if (!this.process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The shop did not end");
        }
        return this.process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        this.process.destroyForcibly().waitFor();
        Runtime.getRuntime().removeShutdownHook(this.guard);
    }

}
