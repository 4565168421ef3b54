package io.observability.starter.metrics.cardinality;

import java.util.List;

/**
 * One meter as the guard knows it.
 *
 * @param meter name of the meter
 * @param series combinations of tags that it has now, 0 if it is bounded elsewhere
 * @param folded occurrences of values that were folded, in all its tags
 * @param tags its tags
 * @since 0.1.0
 */
public record MeterCardinality(String meter, int series, long folded, List<TagCardinality> tags) {

    public MeterCardinality {
        tags = List.copyOf(tags);
    }

    static MeterCardinality of(GuardedMeter meter) {
        return of(meter.name(), meter.series().size(), meter.tags().stream().map(TagCardinality::of).toList());
    }

    static MeterCardinality of(String meter, int series, List<TagCardinality> tags) {
        return new MeterCardinality(meter, series, tags.stream().mapToLong(TagCardinality::folded).sum(), tags);
    }

}
