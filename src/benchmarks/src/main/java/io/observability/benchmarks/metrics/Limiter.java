package io.observability.benchmarks.metrics;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.observability.starter.metrics.cardinality.CardinalityGuard;
import io.observability.starter.metrics.cardinality.CardinalityLimits;

/**
 * What bounds the values of a tag.
 */
public enum Limiter implements Contender {

    /** Nothing: each value gets a series. */
    NONE("nothing: a series for each value") {
        @Override
        void install(MeterRegistry registry) {
        }
    },

    /** Micrometer's own filter; what is above is not recorded. */
    MICROMETER("Micrometer's `maximumAllowableTags`: not recorded") {
        @Override
        void install(MeterRegistry registry) {
            registry.config()
                .meterFilter(MeterFilter.maximumAllowableTags(CardinalityGuardBenchmark.METER,
                        CardinalityGuardBenchmark.TAG, CardinalityGuardBenchmark.LIMIT, MeterFilter.deny()));
        }
    },

    /** The starter's guard; what is above is folded and counted. */
    GUARD("the guard: folded and counted") {
        @Override
        void install(MeterRegistry registry) {
            new CardinalityGuard(new CardinalityLimits(CardinalityGuardBenchmark.LIMIT, 2000, 2000, List.of()))
                .install(registry);
        }
    };

    private final String title;

    Limiter(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return this.title;
    }

    abstract void install(MeterRegistry registry);

}
