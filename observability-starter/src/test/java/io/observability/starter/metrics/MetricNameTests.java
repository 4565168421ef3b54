package io.observability.starter.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class MetricNameTests {

    @Test
    void familiesAndMetersAreUnique() {
        assertThat(MetricName.values()).extracting(MetricName::family).doesNotHaveDuplicates();
        assertThat(MetricName.values()).extracting(MetricName::meter).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(MetricName.class)
    void namesFollowTheConventions(MetricName name) {
        assertThat(name.family()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
        assertThat(name.family().endsWith("_total")).isEqualTo(name.type() == MetricName.Type.COUNTER);
        assertThat(name.help()).endsWith(".");
        assertThat(name.labels()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(MetricName.class)
    void theGuideNamesEveryFamilyWithItsLabelsAndMeaning(MetricName name) throws IOException {
        String guide = Files.readString(Path.of("../src/docs/metrics.md"), StandardCharsets.UTF_8);
        String labels = name.labels().isEmpty() ? "" : "{" + String.join(",", name.labels()) + "}";
        assertThat(guide).contains("| `" + name.family() + labels + "` | " + name.help());
    }

}
