package io.observability.starter.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class MetricNameTests {

    @ParameterizedTest
    @EnumSource(MetricNaming.class)
    void familiesAreUniqueUnlessALabelTellsThemApart(MetricNaming naming) {
        Map<String, Set<Map<String, String>>> families = new HashMap<>();
        for (MetricName name : MetricName.values()) {
            MetricForm form = name.in(naming);
            if (form != null) {
                assertThat(families.computeIfAbsent(form.family(), (family) -> new HashSet<>()).add(form.constants()))
                    .as(form.family())
                    .isTrue();
                assertThat(families.get(form.family())).as(form.family())
                    .allMatch((constants) -> constants.isEmpty() == form.constants().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MetricName.class)
    void namesFollowTheConventions(MetricName name) {
        for (MetricNaming naming : MetricNaming.values()) {
            MetricForm form = name.in(naming);
            if (form != null) {
                assertThat(form.family()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
                assertThat(form.family().endsWith("_total")).isEqualTo(name.type() == MetricName.Type.COUNTER);
                assertThat(form.labels()).doesNotHaveDuplicates();
                assertThat(form.labelNames()).allMatch((label) -> label.matches("[a-z_]+"));
            }
        }
        assertThat(name.in(MetricNaming.CONVENTIONAL)).isNotNull();
        assertThat(name.help()).endsWith(".");
    }

    @ParameterizedTest
    @EnumSource(MetricName.class)
    void theGuideNamesEveryFamilyWithItsLabelsAndMeaning(MetricName name) throws IOException {
        String guide = Files.readString(Path.of("../src/docs/metrics.md"), StandardCharsets.UTF_8);
        String labels = name.labels().isEmpty() ? "" : "{" + String.join(",", name.labels()) + "}";
        assertThat(guide).contains("| `" + name.family() + labels + "` | " + name.help());
    }

}
