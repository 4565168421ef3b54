package io.observability.promcard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FamilyTallyTests {

    private static final TableBudget BUDGET = new TableBudget(1 << 28);

    @Test
    void countsTheSeriesThatALabelMultiplies() throws Exception {
        FamilyTally tally = tally("shop_views_total");
        for (int user = 0; user < 50; user++) {
            for (String page : List.of("list", "product")) {
                tally.add("shop_views_total", List.of("page", "user_id"), List.of(page, "u" + user));
            }
        }
        assertThat(tally.series()).isEqualTo(100);
        assertThat(tally.costs()).containsExactlyInAnyOrder(
                new LabelCost("shop_views_total", "page", 2, 100, 50, List.of("list", "product")),
                new LabelCost("shop_views_total", "user_id", 50, 100, 2, List.of("u0", "u1", "u2")));
    }

    @Test
    void bucketsAreSeriesAndTheirBoundIsNoOffender() throws Exception {
        FamilyTally tally = tally("latency_seconds");
        for (String route : List.of("/a", "/b", "/c")) {
            for (String bound : List.of("0.1", "1.0", "+Inf")) {
                tally.add("latency_seconds_bucket", List.of("le", "route"), List.of(bound, route));
            }
            tally.add("latency_seconds_count", List.of("route"), List.of(route));
            tally.add("latency_seconds_sum", List.of("route"), List.of(route));
        }
        assertThat(tally.costs())
            .containsExactly(new LabelCost("latency_seconds", "route", 3, 15, 5, List.of("/a", "/b", "/c")));
    }

    @Test
    void aLabelCalledLeElsewhereIsOneLikeAnyOther() throws Exception {
        FamilyTally tally = tally("queue");
        tally.add("queue", List.of("le"), List.of("a"));
        tally.add("queue", List.of("le"), List.of("b"));
        assertThat(tally.costs()).containsExactly(new LabelCost("queue", "le", 2, 2, 1, List.of("a", "b")));
    }

    @Test
    void anEmptyValueIsNoLabel() throws Exception {
        FamilyTally tally = tally("m");
        tally.add("m", List.of("a"), List.of(""));
        tally.add("m", List.of(), List.of());
        assertThat(tally.series()).isEqualTo(1);
        assertThat(tally.costs()).isEmpty();
    }

    @Test
    void theSameSeriesTwiceIsOne() throws Exception {
        FamilyTally tally = tally("m");
        tally.add("m", List.of("a", "b"), List.of("1", "2"));
        tally.add("m", List.of("b", "a"), List.of("2", "1"));
        assertThat(tally.series()).isEqualTo(1);
    }

    @Test
    void whatAGuardHasFoldedIsNoValue() throws Exception {
        FamilyTally tally = tally("m");
        for (String value : List.of("a", "_other", "b")) {
            tally.add("m", List.of("id"), List.of(value));
        }
        assertThat(tally.costs()).containsExactly(new LabelCost("m", "id", 2, 3, 1, List.of("a", "b")));
    }

    @Test
    void agreesWithCountingByHand() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        FamilyTally tally = tally("m");
        Set<Map<String, String>> all = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            Map<String, String> labels = new HashMap<>();
            for (String label : List.of("a", "b", "c", "d")) {
                if (random.nextInt(5) > 0) {
                    labels.put(label, label + random.nextInt(1 << label.charAt(0) - 'a' + 1));
                }
            }
            all.add(labels);
            List<String> names = new ArrayList<>(labels.keySet());
            tally.add("m", names, names.stream().map(labels::get).toList());
        }
        assertThat(tally.series()).as("seed %d", seed).isEqualTo(all.size());
        for (LabelCost cost : tally.costs()) {
            Set<Map<String, String>> without = new HashSet<>();
            Set<String> values = new HashSet<>();
            for (Map<String, String> labels : all) {
                Map<String, String> rest = new HashMap<>(labels);
                String value = rest.remove(cost.label());
                if (value != null) {
                    values.add(value);
                }
                without.add(rest);
            }
            assertThat(cost.values()).as("seed %d", seed).isEqualTo(values.size());
            assertThat(cost.seriesWithout()).as("seed %d", seed).isEqualTo(without.size());
        }
    }

    @Test
    void aLongExampleIsCut() throws Exception {
        FamilyTally tally = tally("m");
        tally.add("m", List.of("a"), List.of("x".repeat(10_000)));
        assertThat(tally.costs().get(0).examples().get(0)).hasSize(200);
    }

    private static FamilyTally tally(String metric) throws Exception {
        return new FamilyTally(metric, (label) -> true, BUDGET);
    }

}
