package io.observability.sample.shop.traffic;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class VisitTests {

    @Test
    void mostCustomersLookAndSomeOrder() {
        Random random = new Random(42);
        Map<Visit, Integer> visits = new EnumMap<>(Visit.class);
        for (int i = 0; i < 100_000; i++) {
            visits.merge(Visit.next(random), 1, Integer::sum);
        }
        assertThat(visits).containsOnlyKeys(Visit.values());
        assertThat(visits.get(Visit.BROWSE)).isCloseTo(46_000, within(1_000));
        assertThat(visits.get(Visit.LOOK)).isCloseTo(30_000, within(1_000));
        assertThat(visits.get(Visit.ORDER)).isCloseTo(14_000, within(1_000));
        assertThat(visits.get(Visit.HOARD)).isCloseTo(1_000, within(200));
    }

}
