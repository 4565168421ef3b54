package io.observability.starter.metrics.cardinality;

import java.util.List;

/**
 * What a {@link CardinalityGuard} allows.
 *
 * @param limit values of a tag that have series of their own, where no rule says
 * otherwise
 * @param maxSeries series of a meter, whatever its tags
 * @param maxMeters names of meters
 * @param rules rules for some meters and tags; the first that matches holds
 * @since 0.1.0
 */
public record CardinalityLimits(int limit, int maxSeries, int maxMeters, List<CardinalityRule> rules) {

    public CardinalityLimits {
        rules = List.copyOf(rules);
    }

}
