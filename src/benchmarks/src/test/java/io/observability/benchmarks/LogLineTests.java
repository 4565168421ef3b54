package io.observability.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.observability.benchmarks.line.LineProbe;
import io.observability.benchmarks.line.LineRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows are compared only because these tests hold: decoded, each line says the same.
 */
class LogLineTests {

    private static final JsonMapper mapper = JsonMapper.builder().build();

    private static final Properties seen = new Properties();

    @BeforeAll
    static void letTheRowsOfEachClassPathWriteInTheirOwnProcess() throws Exception {
        Map<String, List<LineRow>> rows = rows().collect(Collectors.groupingBy(LineRow::classPath));
        List<Process> processes = new ArrayList<>();
        for (List<LineRow> sameClassPath : rows.values()) {
            processes.add(start(sameClassPath));
        }
        for (Process process : processes) {
            try (InputStream output = process.getInputStream()) {
                seen.load(output);
            }
            assertThat(process.waitFor()).isZero();
        }
    }

    private static Process start(List<LineRow> rows) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                Layout.classPath(rows.get(0).classPath()), LineProbe.class.getName()));
        rows.forEach((row) -> command.add(row.name()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static Stream<LineRow> rows() {
        return Stream.of(LineRow.values()).filter(LineRow::runsHere);
    }

    private static Stream<LineRow> peers() {
        return rows().filter((row) -> row != LineRow.FLOOR);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void writesMessageLoggerThreadAndKeyValues(LineRow row) {
        JsonNode line = line(row, "keyValues");
        assertHead(row, line, "INFO");
        assertThat(fields(row, line, "data"))
            .isEqualTo(fields(LineRow.STARTER, line(LineRow.STARTER, "keyValues"), ""));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void writesTheContextBeforeAndAfterAChange(LineRow row) {
        for (String workload : List.of("context", "changedContext")) {
            JsonNode line = line(row, workload);
            assertHead(row, line, "INFO");
            assertThat(fields(row, line, "mdc"))
                .isEqualTo(fields(LineRow.STARTER, line(LineRow.STARTER, workload), ""));
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void writesTheExceptionWithItsCause(LineRow row) {
        // Penna drops the exception that is an argument.
        String workload = (row == LineRow.PENNA) ? "exceptionFluent" : "exception";
        assertHead(row, line(row, workload), "ERROR");
        assertThat(seen(row, workload)).contains("java.lang.RuntimeException", "Order could not be completed",
                "java.lang.IllegalStateException", "Connection to payments refused", "Step40", "Step65",
                "FilterChain25");
    }

    @Test
    void pennaDropsTheExceptionOfTheClassicForm() {
        if (LineRow.PENNA.runsHere()) {
            assertThat(seen(LineRow.PENNA, "exception")).doesNotContain("RuntimeException");
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void writesNothingForALevelThatIsOff(LineRow row) {
        assertThat(seen(row, "disabled")).isEmpty();
    }

    @Test
    void floorWritesNothing() {
        assertThat(seen(LineRow.FLOOR, "keyValues")).isEmpty();
    }

    private static void assertHead(LineRow row, JsonNode line, String level) {
        assertThat(first(line, "level", "log.level")).isEqualTo(level);
        assertThat(first(line, "logger_name", "log.logger", "loggerName", "logger"))
            .isEqualTo("com.acme.orders.checkout.OrderService");
        assertThat(first(line, "thread_name", "process.thread.name", "threadName", "thread")).isEqualTo("main");
        // Logback's own encoder leaves the formatting to the reader.
        assertThat(line.get("message").asString()).matches((row == LineRow.LOGBACK_JSON)
                ? "Request \\{} completed for \\{}" : "Request [0-9a-f]{16} completed for user-\\d{6}");
    }

    private static String first(JsonNode line, String... names) {
        for (String name : names) {
            if (line.has(name)) {
                return line.get(name).asString();
            }
        }
        return "";
    }

    // As text: Log4j 2 and Logback's encoder have no numbers.
    private static Map<String, String> fields(LineRow row, JsonNode line, String objectOfPenna) {
        Map<String, String> fields = new TreeMap<>();
        List<JsonNode> objects = new ArrayList<>();
        switch (row) {
            case PENNA -> objects.add(line.get(objectOfPenna));
            case LOGBACK_JSON -> {
                objects.add(line.get("mdc"));
                if (line.has("kvpList")) {
                    line.get("kvpList").forEach(objects::add);
                }
            }
            default -> objects.add(line);
        }
        for (JsonNode object : objects) {
            for (String key : List.of("user_id", "req_id", "latency_ms", "status_code", "method", "path", "region",
                    "tenant")) {
                if (object.has(key)) {
                    fields.put(key, object.get(key).asString());
                }
            }
        }
        assertThat(fields).hasSize(8);
        return fields;
    }

    private static JsonNode line(LineRow row, String workload) {
        return mapper.readTree(seen(row, workload));
    }

    private static String seen(LineRow row, String workload) {
        return seen.getProperty(row + "." + workload);
    }

}
