package io.observability.starter.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the minimal set against what dashboards and rules name: what one of them reads is
 * part of {@link MetricName}, from which the filter takes the set.
 */
class DashboardMetricsTests {

    private static final Path DASHBOARDS = Path.of("../grafana-dashboards");

    /** What is in a query and names no metric. */
    private static final Pattern OTHER = Pattern.compile("'[^']*'|\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]"
            + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
            + "|\\b(?:and|or|unless|bool|offset|by|without)\\b|\\b[0-9][0-9a-z.]*\\b");

    /** A name that is no function. */
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");

    @Test
    void theMinimalSetShowsAllThatDashboardsAndRulesName() throws IOException {
        Set<String> shown = shown();
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            // JSON is YAML.
            walk(new Yaml().load(Files.readString(file)), named, shown);
        }
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(shown).containsAll(named);
    }

    @Test
    void findsTheMetricsOfAQuery() {
        assertThat(names("sum by (code) (rate(http_requests_total{code=~\"5..\", route!='_other'}[5m])) / 1e9"
                + " > on (pod) group_left jvm_buffer_memory_used_bytes offset 5m"))
            .containsExactlyInAnyOrder("http_requests_total", "jvm_buffer_memory_used_bytes");
        assertThat(shown()).contains("http_requests_total", "http_request_duration_seconds_bucket")
            .doesNotContain("jvm_buffer_memory_used_bytes");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(DASHBOARDS)) {
            return files.filter((file) -> file.toString().matches(".*\\.(json|ya?ml)"))
                .filter((file) -> !DASHBOARDS.relativize(file).toString().contains("tests"))
                .toList();
        }
    }

    private static void walk(@Nullable Object node, Set<String> named, Set<String> shown) {
        if (node instanceof List<?> nodes) {
            nodes.forEach((each) -> walk(each, named, shown));
        }
        if (node instanceof Map<?, ?> members) {
            members.values().forEach((each) -> walk(each, named, shown));
            if (members.get("expr") instanceof String query) {
                named.addAll(names(query));
            }
            if (members.get("record") instanceof String recorded) {
                shown.add(recorded);
            }
        }
    }

    private static Set<String> shown() {
        Set<String> shown = new HashSet<>();
        for (MetricName name : MetricName.values()) {
            String family = Objects.requireNonNull(name.in(MetricNaming.CONVENTIONAL)).family();
            switch (name.type()) {
                case HISTOGRAM -> shown.addAll(List.of(family + "_bucket", family + "_count", family + "_sum"));
                case SUMMARY -> shown.addAll(List.of(family + "_count", family + "_sum"));
                case COUNTER, GAUGE, INFO -> shown.add(family);
            }
        }
        return shown;
    }

    private static Set<String> names(String query) {
        Set<String> names = new HashSet<>();
        Matcher name = NAME.matcher(OTHER.matcher(query.replace("group_left ", "")).replaceAll(" "));
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

}
