package io.observability.benchmarks;

import java.util.Collection;
import java.util.EnumSet;

import io.observability.benchmarks.line.LineRow;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of the real thing; how long it took decides nothing.
 */
class LogLineLauncherTests {

    @Test
    void runsEachClassPath() throws Exception {
        Collection<RunResult> results = LogLineLauncher.smoke(EnumSet.of(LineRow.STARTER_ASYNC, LineRow.LOG4J),
                "keyValues");
        assertThat(results).hasSize(2).allSatisfy((result) -> {
            assertThat(result.getSecondaryResults().get("lines").getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("cpuNanos").getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("logBytes").getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("lost").getScore()).isZero();
        });
    }

}
