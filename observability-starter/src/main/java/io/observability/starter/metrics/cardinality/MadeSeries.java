package io.observability.starter.metrics.cardinality;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Makes the series that values are folded into. A registry remembers which id a series
 * was made for, and no longer asks its filters for it. Were the series made for a folded
 * value, that value would never be counted again and could never get series of its own.
 */
final class MadeSeries {

    private MadeSeries() {
    }

    /**
     * Whether events of several values can share a meter. A gauge or a function has one
     * owner.
     * @param meter the meter
     * @return whether it is so
     */
    static boolean isSummable(Meter meter) {
        return Series.countsEvents(meter) || meter instanceof LongTaskTimer;
    }

    /**
     * Whether a meter tells all that is needed to make another one. A summary does not
     * tell its scale.
     * @param meter the meter
     * @return whether it is so
     */
    static boolean isModel(Meter meter) {
        return isSummable(meter) && !(meter instanceof DistributionSummary);
    }

    static void make(MeterRegistry registry, Meter model, Meter.Id id) {
        if (model instanceof Counter) {
            Counter.builder(id.getName())
                .tags(id.getTagsAsIterable())
                .description(id.getDescription())
                .baseUnit(id.getBaseUnit())
                .register(registry);
        }
        else if (model instanceof Timer) {
            Timer.builder(id.getName())
                .tags(id.getTagsAsIterable())
                .description(id.getDescription())
                .register(registry);
        }
        else if (model instanceof LongTaskTimer) {
            LongTaskTimer.builder(id.getName())
                .tags(id.getTagsAsIterable())
                .description(id.getDescription())
                .register(registry);
        }
    }

}
