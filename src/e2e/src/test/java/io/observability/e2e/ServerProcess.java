package io.observability.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/**
 * A server that runs as a process of its own on a port that it chose. It is ended by its
 * own process id, at the latest with the tests' process.
 */
class ServerProcess implements AutoCloseable {

    // Generous: a test machine may be busy with more than this.
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration STOP = Duration.ofSeconds(40);

    private final Process process;

    private final List<String> output = new CopyOnWriteArrayList<>();

    private final List<String> errors = new CopyOnWriteArrayList<>();

    private final List<Thread> readers;

    private final Thread guard;

    ServerProcess(ProcessBuilder builder) throws IOException {
        this.process = builder.start();
        this.guard = new Thread(this.process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(this.guard);
        this.readers = List.of(read(this.process.getInputStream(), this.output),
                read(this.process.getErrorStream(), this.errors));
    }

    private static Thread read(InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            }
            catch (IOException ex) {
                // The process has ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Wait for the line that names the port.
     * @param lines where the line will be
     * @param pattern the line, with the port as its first group
     * @return the port
     */
    int awaitPort(List<String> lines, Pattern pattern) {
        return Awaitility.await("port of " + this.process.info().commandLine().orElse("?")).atMost(START).until(() -> {
            if (!this.process.isAlive()) {
                throw new IllegalStateException("The process ended at start: " + this.output + this.errors);
            }
            return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map((matcher) -> Integer.parseInt(matcher.group(1)))
                .findFirst()
                .orElse(0);
        }, (port) -> port > 0);
    }

    List<String> output() {
        return this.output;
    }

    List<String> errors() {
        return this.errors;
    }

    long pid() {
        return this.process.pid();
    }

    /**
     * Ask the process to end, by SIGTERM, and wait until it has, and all its output is
     * read.
     * @return its exit code
     */
    int terminate() throws InterruptedException {
        // Process.destroy() would close the streams, and the last lines with them.
        this.process.toHandle().destroy();
        if (!this.process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            this.process.destroyForcibly();
            throw new IllegalStateException("The process did not end within " + STOP);
        }
        for (Thread reader : this.readers) {
            reader.join(STOP.toMillis());
        }
        return this.process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        try {
            terminate();
        }
        finally {
            this.process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(this.guard);
        }
    }

}
