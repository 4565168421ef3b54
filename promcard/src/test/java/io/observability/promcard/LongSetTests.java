package io.observability.promcard;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LongSetTests {

    @Test
    void holdsWhatASetHolds() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        LongSet set = new LongSet(new TableBudget(1 << 30));
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            // Half of them are near each other, so that slots collide.
            long value = random.nextBoolean() ? random.nextLong() : 2 + random.nextInt(20_000);
            assertThat(set.add(value)).as("seed %d", seed).isEqualTo(expected.add(value));
        }
        assertThat(set.size()).as("seed %d", seed).isEqualTo(expected.size());
        assertThat(expected).as("seed %d", seed).allMatch(set::contains);
        assertThat(set.contains(-1)).isFalse();
    }

    @Test
    void zeroIsAHashToo() throws Exception {
        LongSet set = new LongSet(new TableBudget(1 << 20));
        assertThat(set.contains(0)).isFalse();
        assertThat(set.add(0)).isTrue();
        assertThat(set.add(0)).isFalse();
        assertThat(set.contains(0)).isTrue();
        assertThat(set.size()).isEqualTo(1);
    }

    @Test
    void countsWhatTwoSetsShare() throws Exception {
        TableBudget budget = new TableBudget(1 << 20);
        LongSet one = new LongSet(budget);
        LongSet other = new LongSet(budget);
        for (int i = 1; i <= 100; i++) {
            one.add(i);
            other.add(i + 70);
        }
        assertThat(one.shared(other)).isEqualTo(30);
    }

    @Test
    void whenTheBudgetIsSpentSaysWhatMayHelp() throws Exception {
        LongSet set = new LongSet(new TableBudget(64 << 10));
        assertThatExceptionOfType(CouldNotTellException.class).isThrownBy(() -> {
            for (int i = 1; i < 100_000; i++) {
                set.add(i);
            }
        }).withMessageContaining("--metric").withMessageContaining("-Xmx");
        assertThat(set.size()).isLessThan(8192);
    }

    @Test
    void givesBackWhatItTook() throws Exception {
        TableBudget budget = new TableBudget(64 << 10);
        for (int round = 0; round < 100; round++) {
            LongSet set = new LongSet(budget);
            for (int i = 1; i < 2000; i++) {
                set.add(i);
            }
            set.free();
        }
        assertThat(new LongSet(budget).size()).isZero();
    }

}
