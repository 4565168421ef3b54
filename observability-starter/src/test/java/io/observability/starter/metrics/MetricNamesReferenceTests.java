package io.observability.starter.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the table of names, and the rules that translate them, equal to what is recorded.
 * Run with {@code -Ddocs.update=true} to write them again.
 */
class MetricNamesReferenceTests {

    private static final String STALE = " is stale: run mvn -pl observability-starter test "
            + "-Dtest=MetricNamesReferenceTests -Ddocs.update=true";

    private static final String BEGIN = "<!-- generated: begin -->\n";

    private static final String END = "<!-- generated: end -->";

    @Test
    void guideHasTheNamesOfAllDialects() throws IOException {
        Path page = Path.of("../src/docs/metric-names.md");
        String text = Files.readString(page, StandardCharsets.UTF_8);
        String expected = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + table()
                + text.substring(text.indexOf(END));
        check(page, expected);
    }

    @ParameterizedTest
    @EnumSource(names = { "MICROMETER", "OTEL" })
    void rulesTranslateTheConventionalNames(MetricNaming naming) throws IOException {
        check(Path.of("../grafana-dashboards/rules/names-" + naming.name().toLowerCase(Locale.ROOT) + ".yml"),
                RecordingRules.of(naming));
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, expected, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).as(file + STALE).isEqualTo(expected);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| `conventional` | `micrometer` | `otel` |\n|---|---|---|\n");
        for (MetricName name : MetricName.values()) {
            MetricForm conventional = name.in(MetricNaming.CONVENTIONAL);
            table.append("| ").append(cell(conventional, null));
            for (MetricNaming other : new MetricNaming[] { MetricNaming.MICROMETER, MetricNaming.OTEL }) {
                table.append(" | ").append(cell(name.in(other), conventional));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String cell(@Nullable MetricForm form, @Nullable MetricForm conventional) {
        if (form == null) {
            return "–";
        }
        if (form.equals(conventional)) {
            return "same";
        }
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < form.labels().size(); i++) {
            String constant = form.constants().get(form.labels().get(i));
            labels.append(labels.isEmpty() ? "{" : ",").append(form.labelNames().get(i));
            labels.append((constant != null) ? "=\"" + constant + "\"" : "");
        }
        return "`" + form.family() + labels + (labels.isEmpty() ? "`" : "}`");
    }

}
