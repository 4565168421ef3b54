package io.observability.starter.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * The real promtool, where it is installed.
 */
public final class Promtool {

    private Promtool() {
    }

    /**
     * Lint a scrape; the test is skipped without promtool.
     * @param scrape the text format
     * @return what promtool has to say, nothing if all is well
     * @throws IOException if promtool cannot be run
     * @throws InterruptedException if the test is interrupted
     */
    public static String check(String scrape) throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch((folder) -> Files.isExecutable(Path.of(folder, "promtool")));
        Assumptions.assumeTrue(installed, "promtool is not installed (apt-get install prometheus)");
        Path input = Files.createTempFile("scrape", ".txt");
        Path output = Files.createTempFile("promtool", ".txt");
        try {
            Files.writeString(input, scrape, StandardCharsets.UTF_8);
            Process process = new ProcessBuilder("promtool", "check", "metrics").redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "promtool did not end";
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            return (process.exitValue() != 0 && said.isEmpty()) ? "exit code " + process.exitValue() : said;
        }
        finally {
            Files.delete(input);
            Files.delete(output);
        }
    }

}
