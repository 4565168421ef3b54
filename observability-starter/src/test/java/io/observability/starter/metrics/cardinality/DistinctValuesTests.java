package io.observability.starter.metrics.cardinality;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DistinctValuesTests {

    /** Three standard errors of 256 registers. */
    private static final Percentage TOLERANCE = Percentage.withPercentage(19.5);

    @ParameterizedTest
    @ValueSource(ints = { 1, 10, 100, 300, 640, 1000, 10_000, 100_000, 1_000_000 })
    void estimatesWithinThreeStandardErrors(int count) {
        DistinctValues values = new DistinctValues();
        for (int repeat = 0; repeat < 2; repeat++) {
            for (int i = 0; i < count; i++) {
                values.add(ValueHash.of("user-" + i, 42));
            }
        }
        assertThat((double) values.estimate()).isCloseTo(count, TOLERANCE);
    }

    @Test
    void nothingSeenIsNothing() {
        assertThat(new DistinctValues().estimate()).isZero();
    }

    @Test
    void valuesWithTheSameHashCodeAreDifferent() {
        DistinctValues values = new DistinctValues();
        // Every combination of "Aa" and "BB" has the same String.hashCode().
        for (int i = 0; i < 4096; i++) {
            StringBuilder value = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                value.append((((i >> bit) & 1) == 0) ? "Aa" : "BB");
            }
            values.add(ValueHash.of(value.toString(), 42));
        }
        assertThat((double) values.estimate()).isCloseTo(4096, TOLERANCE);
    }

}
