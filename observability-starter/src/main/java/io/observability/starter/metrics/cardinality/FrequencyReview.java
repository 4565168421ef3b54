package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values that occur most series of their own. How often a value occurs that has
 * series is read from its meters, since a registry no longer asks its filters for those;
 * how often any other does is known from its look-ups. Both count half as much each turn.
 * Used by one thread at a time.
 */
final class FrequencyReview {

    /** Below this many look-ups in a turn a value is not worth series of its own. */
    private static final int LEAST_LOOK_UPS = 10;

    /** How much more often a value has to occur than the one whose place it takes. */
    private static final int MARGIN = 2;

    /** Share of a tag's values that may change in a turn, as its inverse. */
    private static final int CHURN = 10;

    private final SeriesUpkeep upkeep;

    FrequencyReview(SeriesUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    void review(GuardedMeter meter) {
        meter.tags().forEach(GuardedTag::releaseUnused);
        Meter sample = meter.sample();
        if (sample == null || !Series.countsEvents(sample) || !meter.isSummable() || !isDue(meter)) {
            meter.tags().forEach((tag) -> tag.overflow().age());
            return;
        }
        for (Series series : meter.series()) {
            double growth = series.measure();
            for (Tag tag : series.id().getTagsAsIterable()) {
                GuardedTag.Kept kept = meter.tag(tag.getKey()).kept(tag.getValue());
                if (kept != null) {
                    kept.grew(growth);
                }
            }
        }
        for (GuardedTag tag : meter.tags()) {
            if (isDue(tag)) {
                review(meter, tag);
            }
        }
        CrowdedOut crowdedOut = meter.crowdedOut();
        if (crowdedOut != null) {
            crowdedOut.expect(meter.isCrowded() ? makeRoom(meter, crowdedOut) : Set.of());
        }
    }

    // Combinations of values that are hardly used any longer, or far less than those that
    // find no room, make room for these.
    private Set<Meter.Id> makeRoom(GuardedMeter meter, CrowdedOut crowdedOut) {
        int most = Math.max(1, meter.series().size() / CHURN);
        List<FrequentValues.Frequent<Meter.Id>> hot = crowdedOut.top(most);
        Set<Meter.Id> expected = new HashSet<>();
        if (hot.isEmpty() || this.upkeep.isFull()) {
            return expected;
        }
        List<Series> coldest = coldestFirst(meter);
        for (int i = 0; i < Math.min(most, coldest.size()); i++) {
            Series cold = coldest.get(i);
            boolean outdone = i < hot.size() && isHotter(hot.get(i), cold.growth());
            if (!outdone && cold.growth() >= LEAST_LOOK_UPS) {
                break;
            }
            GuardedTag widest = meter.widestTag(cold.id());
            if (widest != null) {
                this.upkeep.end(meter, widest, cold);
            }
            if (outdone) {
                expected.add(hot.get(i).value());
            }
        }
        return expected;
    }

    private static List<Series> coldestFirst(GuardedMeter meter) {
        List<Series> coldest = new ArrayList<>();
        for (Series series : meter.series()) {
            if (series.mayStay() && meter.widestTag(series.id()) != null) {
                coldest.add(series);
            }
        }
        coldest.sort(Comparator.comparingDouble(Series::growth));
        return coldest;
    }

    private static boolean isHotter(FrequentValues.Frequent<?> hot, double cold) {
        return hot.atLeast() >= LEAST_LOOK_UPS && hot.atLeast() >= MARGIN * cold;
    }

    private static boolean isDue(GuardedMeter meter) {
        return meter.isCrowded() || meter.tags().stream().anyMatch(FrequencyReview::isDue);
    }

    private static boolean isDue(GuardedTag tag) {
        return tag.action().kind() == OverflowAction.Kind.KEEP_MOST_FREQUENT
                && (tag.keptCount() >= tag.limit() || tag.overflow().hasBegun());
    }

    private void review(GuardedMeter meter, GuardedTag tag) {
        tag.kept().forEach(GuardedTag.Kept::age);
        if (tag.beginsReview()) {
            // What grew since ever says nothing of how often a value occurs now.
            tag.kept().forEach(GuardedTag.Kept::cool);
        }
        else {
            promote(meter, tag, tag.overflow().most(Math.max(1, tag.limit() / CHURN)));
        }
        tag.overflow().age();
    }

    private void promote(GuardedMeter meter, GuardedTag tag, List<FrequentValues.Frequent<String>> candidates) {
        for (FrequentValues.Frequent<String> hot : candidates) {
            GuardedTag.Kept cold = coldest(tag);
            if (cold == null || this.upkeep.isFull() || !isHotter(hot, cold.heat())) {
                return;
            }
            if (tag.replace(cold.value(), hot.value(), (double) hot.atLeast())) {
                this.upkeep.end(meter, tag, cold.value());
            }
        }
    }

    private static GuardedTag.@Nullable Kept coldest(GuardedTag tag) {
        GuardedTag.Kept coldest = null;
        for (GuardedTag.Kept kept : tag.kept()) {
            if (coldest == null || kept.heat() < coldest.heat()) {
                coldest = kept;
            }
        }
        return coldest;
    }

}
