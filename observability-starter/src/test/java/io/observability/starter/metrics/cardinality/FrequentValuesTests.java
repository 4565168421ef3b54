package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.Random;

import io.observability.starter.metrics.cardinality.FrequentValues.Frequent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrequentValuesTests {

    private final FrequentValues<String> values = new FrequentValues<>();

    @Test
    void findsTheFrequentOnesInAFlood() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(100) < 20) {
                add("hot-" + random.nextInt(5));
            }
            else {
                add("once-" + i);
            }
        }
        List<Frequent<String>> top = this.values.top(5);
        assertThat(top).extracting(Frequent::value)
            .containsExactlyInAnyOrder("hot-0", "hot-1", "hot-2", "hot-3", "hot-4");
        assertThat(top).allSatisfy((hot) -> assertThat(hot.atLeast()).isBetween(3000L, 4400L));
    }

    @Test
    void neverSaysMoreThanThereWas() {
        for (int i = 0; i < 100_000; i++) {
            add("once-" + i);
        }
        assertThat(this.values.top(128)).hasSize(128).allSatisfy((value) -> assertThat(value.atLeast()).isEqualTo(1));
    }

    @Test
    void whatWasCountsHalf() {
        for (int i = 0; i < 64; i++) {
            add("hot");
        }
        add("once");
        this.values.age();
        assertThat(this.values.top(5)).containsExactly(new Frequent<>("hot", 32));
        for (int turn = 0; turn < 6; turn++) {
            this.values.age();
        }
        assertThat(this.values.top(5)).isEmpty();
    }

    @Test
    void whatIsForgottenStartsAgain() {
        add("hot");
        this.values.forget("hot");
        add("hot");
        assertThat(this.values.top(1)).containsExactly(new Frequent<>("hot", 1));
    }

    private void add(String value) {
        this.values.add(value, ValueHash.of(value, 42));
    }

}
