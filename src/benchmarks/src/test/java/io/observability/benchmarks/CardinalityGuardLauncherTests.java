package io.observability.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of the real thing; how long it took decides nothing.
 */
class CardinalityGuardLauncherTests {

    @Test
    void runsEachLimiter() throws Exception {
        assertThat(CardinalityGuardLauncher.smoke()).hasSize(6)
            .allSatisfy((result) -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

}
