package io.observability.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.observability.benchmarks.request.RequestPathProbe;
import io.observability.benchmarks.request.Variant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Variants are compared only because these tests hold.
 */
class RequestPathTests {

    private static final Properties seen = new Properties();

    @BeforeAll
    static void askTheVariantsOfEachClassPathInTheirOwnProcess() throws Exception {
        Map<String, List<Variant>> variants = Stream.of(Variant.values())
            .collect(Collectors.groupingBy(Variant::classPath));
        List<Process> processes = new ArrayList<>();
        for (List<Variant> sameClassPath : variants.values()) {
            processes.add(start(sameClassPath));
        }
        for (Process process : processes) {
            try (InputStream output = process.getInputStream()) {
                seen.load(output);
            }
            assertThat(process.waitFor()).isZero();
        }
    }

    private static Process start(List<Variant> variants) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                Layout.classPath(variants.get(0).classPath()), RequestPathProbe.class.getName()));
        variants.forEach((variant) -> command.add(variant.name()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void classPathsAreWhatTheirNamesSay() {
        assertThat(Layout.classPath(Variant.BARE.classPath())).doesNotContain("opentelemetry", "micrometer-core",
                "prometheus", "actuator", "observability-starter", "logstash");
        assertThat(Layout.classPath(Variant.STOCK_100.classPath()))
            .contains("opentelemetry-sdk", "micrometer-registry-prometheus", "actuator")
            .doesNotContain("observability-starter", "logstash");
        assertThat(Layout.classPath(Variant.STARTER_100.classPath())).contains("observability-starter")
            .doesNotContain("spring-boot-starter-opentelemetry", "micrometer-registry-otlp");
    }

    @ParameterizedTest
    @EnumSource
    void answersTheSame(Variant variant) {
        assertThat(seen(variant, "status")).isEqualTo("200");
        assertThat(seen(variant, "body")).isEqualTo("{\"id\":20,\"text\":\"Hello, number 20\"}");
    }

    @ParameterizedTest
    @EnumSource(names = { "SILENT", "BARE" })
    void bareVariantObservesNothing(Variant variant) {
        assertThat(seen(variant, "/metrics")).isEmpty();
        assertThat(seen(variant, "/actuator/prometheus")).isEmpty();
        assertThat(seen(variant, "spans")).isEqualTo("0");
        assertThat(seen(variant, "line")).doesNotContainPattern("[0-9a-f]{32}");
        assertThat(seen(variant, "filters")).doesNotContainIgnoringCase("observ");
    }

    @Test
    void onlyTheSilentVariantWritesNoLine() {
        assertThat(seen(Variant.SILENT, "line")).isEmpty();
        assertThat(seen(Variant.BARE, "line").lines()).singleElement()
            .asString()
            .contains("INFO")
            .endsWith("Greeting number 20");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "SILENT", "BARE" })
    void observedVariantWritesOneJsonLineWithItsTrace(Variant variant) {
        // The starter adds one access line.
        assertThat(seen(variant, "line").lines().filter((line) -> !line.contains("io.observability.access")))
            .singleElement()
            .asString()
            .startsWith("{")
            .endsWith("}")
            .contains("\"message\":\"Greeting number 20\"")
            .contains("\"level\":\"INFO\"")
            .containsPattern("\"trace_?[iI]d\":\"[0-9a-f]{32}\"")
            .containsPattern("\"span_?[iI]d\":\"[0-9a-f]{16}\"");
    }

    @ParameterizedTest
    @EnumSource(names = { "STOCK_10", "STOCK_100" })
    void stockVariantCountsRequestsByRoute(Variant variant) {
        assertThat(countOf("http_server_requests_seconds_count", seen(variant, "/actuator/prometheus"))).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(names = { "STARTER_10", "STARTER_100" })
    void starterVariantCountsRequestsByRoute(Variant variant) {
        assertThat(countOf("http_request_duration_seconds_count", seen(variant, "/metrics"))).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(names = { "STOCK_100", "STARTER_100" })
    void fullySampledVariantExportsEachRequest(Variant variant) {
        assertThat(Integer.parseInt(seen(variant, "spans"))).isBetween(20, 22);
    }

    @ParameterizedTest
    @EnumSource(names = { "STOCK_10", "STARTER_10" })
    void partlySampledVariantExportsLess(Variant variant) {
        assertThat(Integer.parseInt(seen(variant, "spans"))).isLessThan(15);
    }

    private static double countOf(String metric, String exposition) {
        return Pattern.compile("^" + metric + "\\{[^\\n]*\"/hello/\\{id}\"[^\\n]*} ([0-9.]+)", Pattern.MULTILINE)
            .matcher(exposition)
            .results()
            .mapToDouble((match) -> Double.parseDouble(match.group(1)))
            .sum();
    }

    private static String seen(Variant variant, String property) {
        return seen.getProperty(variant + "." + property);
    }

}
