package io.observability.benchmarks;

import java.nio.file.Files;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of the real thing; how long it took decides nothing.
 */
class MetricsLauncherTests {

    @ParameterizedTest
    @EnumSource
    void runsEachContender(MetricsLauncher.Table table) throws Exception {
        assertThat(MetricsLauncher.smoke(table)).hasSize(3)
            .allSatisfy((result) -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void pageShowsTheResults(MetricsLauncher.Table table) throws Exception {
        String page = Files.readString(table.guide());
        assertThat(page).as("run io.observability.benchmarks.MetricsLauncher, as the page says")
            .isEqualTo(table.insert(page, ResultsFile.read(table.results())));
    }

}
