package io.observability.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import io.observability.benchmarks.request.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of the real thing; how long it took decides nothing.
 */
class BenchmarkLauncherTests {

    @Test
    void runsEachClassPathAndWritesItsFigures(@TempDir Path folder) throws Exception {
        Collection<RunResult> results = BenchmarkLauncher
            .smoke(List.of(Variant.BARE, Variant.STOCK_100, Variant.STARTER_100));
        assertThat(results).hasSize(3).allSatisfy((result) -> {
            assertThat(result.getPrimaryResult().getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("requests").getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("logBytes").getScore()).isPositive();
        });
        Path file = folder.resolve("results.json");
        ResultsFile.write(file, RunConditions.now(), BenchmarkLauncher.classPaths(), results);
        assertThat(ResultsFile.read(file).at("/conditions/versions").has("spring-boot")).isTrue();
        assertThat(Files.readString(file)).doesNotContain(System.getProperty("java.home"))
            .doesNotContain(System.getProperty("user.dir"));
    }

}
