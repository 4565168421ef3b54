package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Guards, and what the tests of them count and look at.
 */
abstract class GuardedOrders {

    static final String OTHER = FoldedValue.OTHER;

    final MeterRegistry registry = new SimpleMeterRegistry();

    static CardinalityGuard guard(int limit) {
        return new CardinalityGuard(new CardinalityLimits(limit, 2000, 2000, List.of()));
    }

    static CardinalityGuard guard(CardinalityRule... rules) {
        return new CardinalityGuard(new CardinalityLimits(100, 2000, 2000, List.of(rules)));
    }

    final void order(String user) {
        this.registry.counter("orders", "user", user).increment();
    }

    final double count(String user) {
        return this.registry.get("orders").tag("user", user).counter().count();
    }

    final double total(String meter) {
        return this.registry.find(meter).counters().stream().mapToDouble(Counter::count).sum();
    }

    static void promote(CardinalityGuard guard, Runnable lookUp) {
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < 50; i++) {
                lookUp.run();
            }
            guard.review();
        }
    }

    static long folded(CardinalityGuard guard, String meter) {
        return guard.report()
            .stream()
            .filter((each) -> each.meter().equals(meter))
            .mapToLong(MeterCardinality::folded)
            .sum();
    }

    static Set<String> values(MeterRegistry registry, String tag) {
        Set<String> values = new TreeSet<>();
        registry.getMeters().forEach((meter) -> {
            String value = meter.getId().getTag(tag);
            if (value != null) {
                values.add(value);
            }
        });
        return values;
    }

}
