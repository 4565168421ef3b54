package io.observability.starter.metrics.business;

import java.util.Arrays;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * Gives each histogram, whoever makes it, its objectives as bounds, beside those that it
 * has.
 *
 * @since 0.1.0
 */
public final class ObjectiveBuckets implements MeterFilter {

    private final Objectives objectives;

    /**
     * Create a filter.
     * @param objectives what histogram has which objectives
     */
    public ObjectiveBuckets(Objectives objectives) {
        this.objectives = objectives;
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        double[] added = this.objectives.of(id.getName(), id.getType());
        if (added.length == 0) {
            return config;
        }
        double[] there = config.getServiceLevelObjectiveBoundaries();
        double[] all = (there != null)
                ? DoubleStream.concat(Arrays.stream(there), Arrays.stream(added)).sorted().distinct().toArray() : added;
        return DistributionStatisticConfig.builder().serviceLevelObjectives(all).build().merge(config);
    }

}
