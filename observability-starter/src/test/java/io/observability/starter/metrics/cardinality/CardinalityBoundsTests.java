package io.observability.starter.metrics.cardinality;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the bounds of whatever an application, or who calls it, may make up.
 */
class CardinalityBoundsTests extends GuardedOrders {

    @Test
    void manyTagsTogetherAreBoundedAsWell() {
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(50, 200, 1000, List.of()));
        guard.install(this.registry);
        for (int i = 0; i < 20_000; i++) {
            this.registry
                .counter("orders", "a", "a" + (i % 50), "b", "b" + ((i / 50) % 50), "c", "c" + ((i / 2500) % 8))
                .increment();
        }
        assertThat(this.registry.find("orders").meters()).hasSizeLessThanOrEqualTo(217);
        assertThat(total("orders")).isEqualTo(20_000);
    }

    @Test
    void madeUpKeysAreBounded() {
        CardinalityGuard guard = guard(10);
        guard.install(this.registry);
        for (int i = 0; i < 10_000; i++) {
            this.registry.counter("orders", "key-" + i, (i % 2 == 0) ? "1" : OTHER).increment();
        }
        assertThat(this.registry.find("orders").meters()).hasSizeLessThanOrEqualTo(32 * 2 + 1);
        assertThat(total("orders")).isEqualTo(10_000);
    }

    @Test
    void madeUpNamesAreBoundedAndCounted() {
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(10, 100, 100, List.of()));
        guard.install(this.registry);
        for (int i = 0; i < 1000; i++) {
            this.registry.counter("orders.of.user." + i).increment();
        }
        assertThat(this.registry.getMeters()).hasSize(100);
        assertThat(guard.report()).filteredOn((meter) -> meter.meter().equals(OTHER))
            .singleElement()
            .extracting(MeterCardinality::folded)
            .isEqualTo(900L);
    }

    @Test
    void valuesThatAreTooLongAreFolded() {
        CardinalityGuard guard = guard(10);
        guard.install(this.registry);
        order("short");
        order("x".repeat(257));
        order("y".repeat(100_000));
        assertThat(values(this.registry, "user")).containsExactly(OTHER, "short");
    }

    @Test
    void examplesAreShortAndHarmless() {
        CardinalityGuard guard = guard(1);
        guard.install(this.registry);
        order("kept\u202e\n\u0007");
        order("x".repeat(200));
        TagCardinality tag = guard.report().get(0).tags().get(0);
        assertThat(tag.keptExamples()).containsExactly("kept???");
        assertThat(tag.foldedExamples()).containsExactly("x".repeat(64) + "…");
        for (int turn = 0; turn < 5; turn++) {
            guard.review();
        }
        assertThat(guard.report().get(0).tags().get(0).foldedExamples()).hasSize(1);
    }

}
