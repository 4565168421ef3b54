package io.observability.starter.logging.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application in a process of its own and reads the bytes of its standard
 * output.
 */
class LoggingIntegrationTests {

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    private static final String INCLUDING = """
            <configuration>
              <include resource="io/observability/starter/logging/appender.xml"/>
              <root level="INFO"><appender-ref ref="OBSERVABILITY"/></root>
            </configuration>
            """;

    @TempDir
    Path folder;

    @Test
    void everyLineOfTheConsoleAndTheFileIsJsonFromTheFirstToTheLast() throws Exception {
        Path file = this.folder.resolve("logs/shop.log");
        Run run = run("--spring.application.name=shop", "--observability.logging.file=" + file,
                "--observability.logging.service.environment=staging");
        assertThat(run.exit).isZero();
        assertThat(run.errors).isEmpty();
        assertThat(run.lines().size()).isGreaterThanOrEqualTo(6);
        List<JsonNode> lines = run.lines().stream().map(JSON::readTree).toList();
        assertThat(lines.get(0).get("message").asString()).startsWith("Starting LoggingTestApplication");
        assertThat(lines).allSatisfy((line) -> {
            assertThat(line.get("service").asString()).isEqualTo("shop");
            assertThat(line.get("environment").asString()).isEqualTo("staging");
        });
        JsonNode ordered = find(lines, "ordered a shirt \u00e4\u20ac");
        assertThat(ordered.get("trace_id").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(ordered.get("span_id").asString()).isEqualTo("00f067aa0ba902b7");
        assertThat(ordered.get("request_id").asString()).isEqualTo("r-4711");
        assertThat(ordered.get("order").asInt()).isEqualTo(7);
        assertThat(find(lines, "failed\nbadly").get("stack_trace").asString())
            .startsWith("java.lang.IllegalStateException: no \"stock\"\n\tat ");
        find(lines, "from java.util.logging");
        // The number in the name of the folder may be one of a card, and then it is
        // masked.
        assertThat(lines).filteredOn((line) -> line.get("message")
            .asString()
            .matches(
                    "Observability: logging on \\(JSON lines, schema logstash on the console, JSON lines, schema logstash "
                            + "in .*/logs/shop\\.log \\(kept 7 days\\); asynchronous, when full drop-debug-first\\)"))
            .singleElement()
            .satisfies((line) -> assertThat(line.has("tags")).isFalse());
        assertThat(Files.readAllLines(file)).isEqualTo(run.lines());
    }

    @Test
    void aFailureAtStartIsOneLineThatNamesItsReason() throws Exception {
        Run run = run("--spring.main.web-application-type=unheard-of");
        assertThat(run.exit).isOne();
        JsonNode line = JSON.readTree(run.lines().get(run.lines().size() - 1));
        assertThat(line.get("level").asString()).isEqualTo("ERROR");
        assertThat(line.get("message").asString()).contains("APPLICATION FAILED TO START").contains("unheard-of");
    }

    @Test
    void anUnknownFormatStopsTheStartWithOneReadableMessage() throws Exception {
        Run run = run("--observability.logging.format=xml");
        assertThat(run.exit).isOne();
        assertThat(run.output).contains("APPLICATION FAILED TO START")
            .contains(
                    "Property 'observability.logging.format' has the value 'xml', but must be one of json, text, auto")
            .doesNotContain("\tat ");
    }

    @Test
    void aFileThatCannotBeWrittenStopsTheStartWithOneReadableMessage() throws Exception {
        Run run = run("--observability.logging.file=" + this.folder);
        assertThat(run.exit).isOne();
        assertThat(run.output)
            .contains("Property 'observability.logging.file' has the value '" + this.folder
                    + "', but must be the path of a file that this process can write")
            .doesNotContain("\tat ");
    }

    @Test
    void theTextFormatShowsTheIdsAndTheBanner() throws Exception {
        Run run = run("--observability.logging.format=text", "--spring.output.ansi.enabled=always");
        assertThat(run.output).contains(":: Spring Boot ::")
            .contains("\u001b[32m INFO\u001b[0;39m \u001b[34m4bf92f35 \u001b[0;39m")
            .contains("ordered a shirt")
            .contains("order=\"7\"")
            .contains("failed\n  | badly")
            .doesNotContain("{\"@timestamp\"");
    }

    @Test
    void aLogbackConfigurationOfTheApplicationIsLeftAlone() throws Exception {
        Path configuration = this.folder.resolve("own.xml");
        Files.writeString(configuration, """
                <configuration>
                  <appender name="OWN" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>own %%m%%n</pattern></encoder>
                  </appender>
                  <appender name="JSON" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder class="io.observability.starter.logging.JsonLineEncoder">
                      <serviceName>shop</serviceName>
                    </encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="OWN"/><appender-ref ref="JSON"/></root>
                </configuration>
                """.formatted(this.folder.resolve("own.log")));
        Run run = run("--logging.config=" + configuration);
        assertThat(run.output).contains(":: Spring Boot ::")
            .contains("own ordered a shirt")
            .contains("logging stepped back (the application configures Logback itself with " + configuration);
        assertThat(Files.readAllLines(this.folder.resolve("own.log"))).isNotEmpty()
            .allSatisfy((line) -> assertThat(JSON.readTree(line).get("service").asString()).isEqualTo("shop"));
    }

    @Test
    void aStructuredFormatOfTheApplicationWins() throws Exception {
        Run run = run("--logging.structured.format.console=ecs");
        assertThat(run.lines()).allSatisfy((line) -> assertThat(JSON.readTree(line).has("ecs")).isTrue());
        assertThat(run.output)
            .contains("logging stepped back (ecs on the console, as logging.structured.format.console says)");
    }

    @Test
    void aConfigurationOfTheApplicationIncludesTheLinesWithAllTheirSettings() throws Exception {
        Path configuration = this.folder.resolve("own.xml");
        Files.writeString(configuration, INCLUDING);
        Path file = this.folder.resolve("all.log");
        Run run = run("--logging.config=" + configuration, "--spring.main.banner-mode=off",
                "--spring.application.name=shop", "--logging.file.name=" + file);
        assertThat(run.lines())
            .allSatisfy((line) -> assertThat(JSON.readTree(line).get("service").asString()).isEqualTo("shop"));
        assertThat(run.output).contains("logging on (").contains("; by " + configuration);
        assertThat(Files.readAllLines(file)).isEqualTo(run.lines());
    }

    @Test
    void aPlainLogbackConfigurationIncludesTheLinesToo() throws Exception {
        Files.writeString(this.folder.resolve("logback.xml"), INCLUDING);
        Run run = run("--spring.main.banner-mode=off", "--spring.application.name=shop");
        assertThat(run.lines()).hasSizeGreaterThan(5).allSatisfy((line) -> JSON.readTree(line));
        JsonNode ordered = find(run.lines().stream().map(JSON::readTree).toList(), "ordered a shirt \u00e4\u20ac");
        assertThat(ordered.get("service").asString()).isEqualTo("shop");
    }

    @Test
    void levelsGoToTheirFilesAndTheConsoleHasAThreshold() throws Exception {
        Path all = this.folder.resolve("fast/all.log");
        Path errors = this.folder.resolve("safe/errors.log");
        Run run = run("--observability.logging.files.all.path=" + all,
                "--observability.logging.files.errors.path=" + errors,
                "--observability.logging.files.errors.min-level=error",
                "--observability.logging.files.errors.max-age=90d", "--logging.threshold.console=warn",
                "--observability.logging.async=false");
        assertThat(run.lines()).singleElement().asString().contains("failed\\nbadly");
        assertThat(Files.readAllLines(errors)).isEqualTo(run.lines());
        assertThat(Files.readString(all)).contains("ordered a shirt")
            .contains("ERROR in " + errors + " (kept 90 days)");
    }

    @Test
    void linesGoOnAfterAResetOfLogbackAndInASecondApplication() throws Exception {
        Run run = run("--reset", "--again", "--logging.register-shutdown-hook=false");
        List<JsonNode> lines = run.lines().stream().map(JSON::readTree).toList();
        for (String message : new String[] { "after the reset", "level changed", "from java.util.logging" }) {
            assertThat(lines).filteredOn((line) -> line.get("message").asString().equals(message)).hasSize(2);
        }
        assertThat(run.output).doesNotContain("not enabled");
    }

    @Test
    void anEncoderOfTheApplicationMakesTheLines() throws Exception {
        Run run = run("--observability.logging.encoder=net.logstash.logback.encoder.LogstashEncoder");
        assertThat(run.lines()).allSatisfy((line) -> assertThat(JSON.readTree(line).has("service")).isFalse());
        assertThat(run.output).contains("lines of net.logstash.logback.encoder.LogstashEncoder on the console")
            .contains("\"order\":7")
            .doesNotContain("LOG_CORRELATION_PATTERN");
    }

    @Test
    void aPatternOfTheApplicationCountsInTextFormat() throws Exception {
        Run run = run("--observability.logging.format=text", "--logging.pattern.console=own %p %m%n");
        assertThat(run.output).contains("own INFO ordered a shirt");
    }

    private static JsonNode find(List<JsonNode> lines, String message) {
        return lines.stream()
            .filter((line) -> line.get("message").asString().equals(message))
            .findFirst()
            .orElseThrow(() -> new AssertionError("No line '" + message + "' in " + lines));
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Path output = this.folder.resolve("stdout");
        Path errors = this.folder.resolve("stderr");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto", "-Dfile.encoding=US-ASCII", "-cp",
                        this.folder + File.pathSeparator + System.getProperty("java.class.path"),
                        LoggingTestApplication.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
        finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private record Run(int exit, String output, String errors) {

        List<String> lines() {
            return this.output.lines().toList();
        }

    }

}
