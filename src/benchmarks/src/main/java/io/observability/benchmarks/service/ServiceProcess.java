package io.observability.benchmarks.service;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running service, started and asked. Its log is discarded by the system. Not
 * thread-safe.
 */
final class ServiceProcess implements AutoCloseable {

    private final Process process;

    private final BufferedReader answers;

    private final Writer questions;

    private final int port;

    private final double startMillis;

    private ServiceProcess(Process process, long started) throws IOException {
        this.process = process;
        this.answers = process.errorReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.port = (int) answer()[0];
        get("/hello/1");
        this.startMillis = (System.nanoTime() - started) / 1e6;
    }

    /**
     * Start a service and wait for its first answer to a request.
     * @param command the command
     * @return the running service
     * @throws IOException if it ends before it answers
     */
    static ServiceProcess start(List<String> command) throws IOException {
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).start();
        try {
            return new ServiceProcess(process, started);
        }
        catch (Throwable ex) {
            process.destroyForcibly();
            throw ex;
        }
    }

    int port() {
        return this.port;
    }

    /**
     * From the start of the process to its first answer.
     * @return milliseconds
     */
    double startMillis() {
        return this.startMillis;
    }

    /**
     * What the process has cost so far.
     * @return nanoseconds of processor time and allocated bytes
     * @throws IOException if the process has ended
     */
    long[] cost() throws IOException {
        return ask("cost");
    }

    /**
     * What lives after a collection.
     * @return bytes of the heap, and threads
     * @throws IOException if the process has ended
     */
    long[] memory() throws IOException {
        return ask("memory");
    }

    /**
     * Memory that the system gives the process.
     * @return bytes
     * @throws IOException if the system does not say
     */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(this.process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("The system does not say how much memory the process has");
    }

    /**
     * Ask once, on the connection of the time before if there is one.
     * @param path the path
     * @return the body
     * @throws IOException if the answer is not 200
     */
    String get(String path) throws IOException {
        try (InputStream body = URI.create("http://127.0.0.1:" + this.port + path).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private long[] ask(String question) throws IOException {
        this.questions.write(question + "\n");
        this.questions.flush();
        return answer();
    }

    // Java itself and agents write there, too.
    private long[] answer() throws IOException {
        StringBuilder other = new StringBuilder();
        for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
            if (line.startsWith(MeasuredService.ANSWER)) {
                return Arrays.stream(line.substring(1).split(" ")).mapToLong(Long::parseLong).toArray();
            }
            other.append(line).append('\n');
        }
        throw new EOFException("The service has ended: " + other);
    }

    @Override
    public void close() throws IOException {
        this.questions.close();
        try {
            if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
                this.process.destroyForcibly();
            }
        }
        catch (InterruptedException ex) {
            this.process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

}
