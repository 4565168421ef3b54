package io.observability.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results as they are kept: what JMH says, under the conditions that it was measured
 * in.
 */
final class ResultsFile {

    private static final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Pattern JAR = Pattern.compile("[/\\\\]([a-z0-9-]+?)-(\\d[^/\\\\]*)\\.jar");

    private static final List<String> NAMED_LIBRARIES = List.of("spring-boot", "spring-webmvc", "logback-classic",
            "micrometer-core", "micrometer-tracing", "opentelemetry-sdk-trace", "prometheus-metrics-core",
            "logstash-logback-encoder", "log4j-core", "penna-core");

    private ResultsFile() {
    }

    static void write(Path file, RunConditions before, Collection<String> classPaths, Collection<RunResult> results)
            throws IOException {
        ByteArrayOutputStream jmh = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(jmh, true, StandardCharsets.UTF_8))
            .writeOut(results);
        ArrayNode rows = (ArrayNode) mapper.readTree(jmh.toString(StandardCharsets.UTF_8));
        // Where the JDK is installed is of no interest.
        rows.forEach((row) -> ((ObjectNode) row).remove("jvm"));
        write(file, before, classPaths, rows);
    }

    static void write(Path file, RunConditions before, Collection<String> classPaths, JsonNode rows)
            throws IOException {
        ObjectNode document = mapper.createObjectNode();
        ObjectNode conditions = document.putObject("conditions");
        conditions.put("date", before.date());
        conditions.put("jdk", before.jdk());
        conditions.put("machine", before.machine());
        conditions.put("loadAverageBefore", before.loadAverage());
        conditions.put("loadAverageAfter", RunConditions.load());
        ObjectNode versions = conditions.putObject("versions");
        libraries(classPaths).forEach(versions::put);
        document.set("results", rows);
        Files.createDirectories(file.getParent());
        Files.writeString(file, mapper.writeValueAsString(document) + "\n");
    }

    static JsonNode read(Path file) throws IOException {
        return mapper.readTree(Files.readString(file));
    }

    private static Map<String, String> libraries(Collection<String> classPaths) {
        Map<String, String> versions = new TreeMap<>();
        for (String classPath : classPaths) {
            Matcher jars = JAR.matcher(Layout.classPath(classPath));
            while (jars.find()) {
                if (NAMED_LIBRARIES.contains(jars.group(1))) {
                    versions.put(jars.group(1), jars.group(2));
                }
            }
        }
        return versions;
    }

}
