package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets series of its own in whose place, and what becomes of the series that ended.
 */
class FrequencyReviewTests extends GuardedOrders {

    @Test
    void aValueThatBecomesFrequentTakesThePlaceOfOneThatIsNot() {
        CardinalityGuard guard = guard(10);
        guard.install(this.registry);
        for (int i = 0; i < 10; i++) {
            order("early-" + i);
        }
        for (int turn = 0; turn < 4; turn++) {
            for (int i = 0; i < 100; i++) {
                order("hot");
                order("early-1");
                order("rare-" + turn + "-" + i);
            }
            guard.review();
        }
        assertThat(values(this.registry, "user")).hasSize(11).contains("hot", "early-1", OTHER);
        double before = count("hot");
        double other = count(OTHER);
        order("hot");
        assertThat(count("hot")).isEqualTo(before + 1);
        assertThat(count(OTHER)).isEqualTo(other);
        // What it counted before its promotion is in _other, for good.
        assertThat(count("hot") + count(OTHER) + count("early-1")).isEqualTo(4 * 300 + 2);
    }

    @Test
    void aFloodOfValuesThatOccurOnceTakesNoPlace() {
        CardinalityGuard guard = guard(10);
        guard.install(this.registry);
        for (int i = 0; i < 10; i++) {
            order("early-" + i);
        }
        for (int turn = 0; turn < 10; turn++) {
            for (int i = 0; i < 10_000; i++) {
                order("once-" + turn + "-" + i);
            }
            guard.review();
        }
        assertThat(values(this.registry, "user")).hasSize(11).contains("early-0", "early-9");
    }

    @Test
    void aTurnChangesATenthOfTheValuesAtMost() {
        CardinalityGuard guard = guard(20);
        guard.install(this.registry);
        for (int i = 0; i < 20; i++) {
            order("early-" + i);
        }
        order("one too many");
        guard.review();
        for (int i = 0; i < 50; i++) {
            for (int times = 0; times < 20; times++) {
                order("hot-" + i);
            }
        }
        guard.review();
        assertThat(guard.report().get(0).tags().get(0).kept()).isEqualTo(20);
        assertThat(values(this.registry, "user").stream().filter((value) -> value.startsWith("early"))).hasSize(18);
    }

    @Test
    void whatIsWrittenToARemovedMeterIsMoved() {
        CardinalityGuard guard = guard(1);
        guard.install(this.registry);
        Counter held = this.registry.counter("orders", "user", "cold");
        Timer heldTimer = this.registry.timer("latency", "user", "cold");
        DistributionSummary heldSummary = this.registry.summary("size", "user", "cold");
        held.increment(3);
        // The value that comes first stays with the series that is made for it.
        this.registry.summary("size", "user", "first").record(1);
        promote(guard, () -> {
            order("hot");
            this.registry.timer("latency", "user", "hot").record(1, TimeUnit.SECONDS);
            this.registry.summary("size", "user", "hot").record(1);
        });
        assertThat(values(this.registry, "user")).doesNotContain("cold");
        double other = count(OTHER);
        Timer otherTimer = this.registry.get("latency").tag("user", OTHER).timer();
        long otherCount = otherTimer.count();
        double otherTotal = otherTimer.totalTime(TimeUnit.SECONDS);
        long otherSizes = this.registry.get("size").tag("user", OTHER).summary().count();
        long folded = folded(guard, "orders");
        held.increment(5);
        heldTimer.record(2, TimeUnit.SECONDS);
        heldTimer.record(4, TimeUnit.SECONDS);
        heldSummary.record(7);
        for (int turn = 0; turn < 5; turn++) {
            guard.review();
        }
        assertThat(count(OTHER)).isEqualTo(other + 5);
        assertThat(folded(guard, "orders")).isEqualTo(folded + 5);
        assertThat(otherTimer.count()).isEqualTo(otherCount + 2);
        assertThat(otherTimer.totalTime(TimeUnit.SECONDS)).isEqualTo(otherTotal + 6);
        assertThat(this.registry.get("size").tag("user", OTHER).summary().count()).isEqualTo(otherSizes + 1);
    }

    @Test
    void aPromotionInACompositeLeavesTheFoldedSeriesOfItsChildren() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CompositeMeterRegistry second = new CompositeMeterRegistry();
        CardinalityGuard guard = guard(1);
        List.of(prometheus, composite, second).forEach(guard::install);
        composite.add(prometheus);
        second.add(prometheus);
        for (CompositeMeterRegistry each : List.of(composite, second)) {
            each.counter("orders", "user", "cold").increment();
        }
        promote(guard, () -> {
            composite.counter("orders", "user", "hot").increment();
            second.counter("orders", "user", "hot").increment();
        });
        composite.counter("orders", "user", "hot").increment();
        second.counter("orders", "user", "cold").increment();
        assertThat(values(prometheus, "user")).containsExactly(OTHER, "hot");
        assertThat(values(composite, "user")).containsExactly(OTHER, "hot");
        // 200 look-ups before the promotion, one after it, and the one of the cold value.
        assertThat(prometheus.get("orders").tag("user", OTHER).counter().count()
                + prometheus.get("orders").tag("user", "hot").counter().count())
            .isEqualTo(2 * 2 * 50 + 2);
        assertThat(folded(guard, "orders"))
            .isEqualTo((long) prometheus.get("orders").tag("user", OTHER).counter().count());
    }

    @Test
    void othersAreNeverPromoted() {
        CardinalityGuard guard = guard(new CardinalityRule("orders", "user", 1, OverflowAction.parse("other")));
        guard.install(this.registry);
        order("first");
        promote(guard, () -> order("hot"));
        assertThat(values(this.registry, "user")).containsExactly(OTHER, "first");
    }

    @Test
    void combinationsThatNobodyUsesMakeRoom() {
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(50, 100, 1000, List.of()));
        guard.install(this.registry);
        for (int i = 0; i < 100; i++) {
            this.registry.counter("orders", "a", "a" + (i % 10), "b", "b" + (i / 10)).increment();
        }
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < 50; i++) {
                this.registry.counter("orders", "a", "a0", "b", "late").increment();
            }
            guard.review();
        }
        this.registry.counter("orders", "a", "a0", "b", "late").increment();
        assertThat(this.registry.find("orders").tag("a", "a0").tag("b", "late").counter()).isNotNull();
        assertThat(this.registry.find("orders").meters()).hasSizeLessThanOrEqualTo(117);
    }

    @Test
    void aHotCombinationTakesThePlaceOfOneThatIsUsedLess() {
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(50, 100, 1000, List.of()));
        guard.install(this.registry);
        for (int turn = 0; turn < 4; turn++) {
            for (int i = 0; i < 20 * 100; i++) {
                this.registry.counter("orders", "a", "a" + (i % 10), "b", "b" + (i / 10 % 10)).increment();
            }
            for (int i = 0; i < 400; i++) {
                this.registry.counter("orders", "a", "a0", "b", "late").increment();
                this.registry.counter("orders", "a", "a" + (i % 10), "b", "once" + (i % 30)).increment();
            }
            guard.review();
        }
        this.registry.counter("orders", "a", "a0", "b", "late").increment();
        assertThat(this.registry.find("orders").tag("a", "a0").tag("b", "late").counter()).isNotNull();
        assertThat(this.registry.find("orders").meters()).hasSizeLessThanOrEqualTo(117);
        // All but those that the others outdid have kept their series.
        assertThat(this.registry.find("orders").meters().stream().filter((meter) -> isEarly(meter.getId())))
            .hasSizeGreaterThanOrEqualTo(90);
    }

    private static boolean isEarly(Meter.Id id) {
        String b = id.getTag("b");
        return b != null && b.startsWith("b");
    }

    @Test
    void placesOfMetersThatAFilterRefusesAreGivenBack() {
        CardinalityGuard guard = guard(10);
        guard.install(this.registry);
        this.registry.config().meterFilter(MeterFilter.deny((id) -> "refused".equals(id.getTag("kind"))));
        order("user-0");
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < 10; i++) {
                this.registry.counter("orders", "user", "refused-" + i, "kind", "refused").increment();
            }
            guard.review();
        }
        guard.review();
        for (int i = 0; i < 10; i++) {
            order("user-" + i);
        }
        assertThat(values(this.registry, "user")).hasSize(10).doesNotContain(OTHER);
    }

    @Test
    void aSeriesThatIsMadeAgainWhileItEndsStays() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(50, 2, 1000, List.of()));
        List.of(this.registry, composite).forEach(guard::install);
        composite.add(this.registry);
        composite.counter("orders", "user", "cold").increment();
        composite.counter("orders", "user", "warm").increment(1000);
        this.registry.config().onMeterRemoved((meter) -> this.registry.counter("orders", "user", "cold").increment(5));
        for (int i = 0; i < 50; i++) {
            composite.counter("orders", "user", "hot").increment();
        }
        guard.review();
        assertThat(count("cold")).isEqualTo(5);
    }

}
