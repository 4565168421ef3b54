package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * All series of the meters of one name. An id whose series exists passes as it is; any
 * other has its values checked, and the number of series is bounded whatever the values
 * are. Thread-safe.
 */
final class GuardedMeter {

    private final String name;

    private final CardinalityLimits limits;

    private final GuardedTags tags;

    private final IdFolding folding;

    private final Map<Meter.Id, Series> series = new ConcurrentHashMap<>();

    private volatile @Nullable Meter sample;

    // Each registry has its own, since each has its own filters before the guard.
    private final Map<GuardFilter, DistributionStatisticConfig> configs = new ConcurrentHashMap<>();

    private volatile boolean summable;

    private volatile @Nullable CrowdedOut crowdedOut;

    // Guarded by the lock of the series.
    private boolean retired;

    GuardedMeter(Meter.Id id, CardinalityLimits limits, BiConsumer<GuardedMeter, GuardedTag> onFirstFold,
            Runnable onHalfFull) {
        this.name = id.getName();
        this.limits = limits;
        this.tags = new GuardedTags(id, limits, onHalfFull);
        this.folding = new IdFolding(this.tags, this.series, limits.maxSeries(),
                (tag) -> onFirstFold.accept(this, tag));
        this.summable = id.getType() != Meter.Type.GAUGE && id.getType() != Meter.Type.OTHER;
    }

    String name() {
        return this.name;
    }

    /**
     * The id under which a meter is shown.
     * @param id the id that was asked for
     * @return the same one, or one with folded values
     */
    Meter.Id map(Meter.Id id) {
        Series known = this.series.get(id);
        if (known != null && known.mayStay()) {
            return id;
        }
        Meter.Id mapped = this.folding.foldValues(id, this.summable);
        if (this.series.containsKey(mapped) || hasRoomFor(mapped)) {
            return mapped;
        }
        crowdOut(mapped);
        return this.folding.foldWidestTags(mapped, this.summable);
    }

    private boolean hasRoomFor(Meter.Id id) {
        int room = this.limits.maxSeries() - this.series.size();
        CrowdedOut others = this.crowdedOut;
        return room > 0 && (others == null || others.leaveRoomFor(id, room));
    }

    private void crowdOut(Meter.Id id) {
        CrowdedOut others = this.crowdedOut;
        if (others == null) {
            synchronized (this.series) {
                others = (this.crowdedOut != null) ? this.crowdedOut : new CrowdedOut();
                this.crowdedOut = others;
            }
        }
        others.add(id);
    }

    GuardedTag tag(String key) {
        return this.tags.get(key);
    }

    /**
     * A meter was added to a registry.
     * @param registry the registry
     * @param meter the meter
     * @param tolerated whether it was there before the guard
     * @return what is to be done with it
     */
    Arrival added(MeterRegistry registry, Meter meter, boolean tolerated) {
        learn(meter);
        synchronized (this.series) {
            if (this.retired) {
                return Arrival.TOO_LATE;
            }
            Series known = this.series.get(meter.getId());
            if (known == null) {
                known = new Series(meter.getId(), places(meter.getId()), tolerated);
                this.series.put(meter.getId(), known);
            }
            known.add(registry, meter);
            return known.mayStay() ? Arrival.STAYS : Arrival.GOES;
        }
    }

    /**
     * Take no more meters, unless there is something to remember.
     * @return whether this object can be forgotten
     */
    boolean retire() {
        synchronized (this.series) {
            this.retired = this.retired || (this.series.isEmpty() && !hasOverflowed());
            return this.retired;
        }
    }

    private boolean hasOverflowed() {
        return this.tags.all().stream().anyMatch((tag) -> tag.overflow().hasBegun());
    }

    /**
     * Look for places for a series that has none.
     * @param series the series
     * @return whether there are
     */
    boolean findsPlaces(Series series) {
        synchronized (this.series) {
            GuardedTag.Kept[] places = places(series.id());
            if (places != null) {
                series.take(places);
            }
            return places != null;
        }
    }

    /**
     * The tag whose value keeps a series from staying.
     * @param id the series
     * @return the tag, or {@code null} if there is none now
     */
    @Nullable GuardedTag lostTag(Meter.Id id) {
        for (Tag tag : id.getTagsAsIterable()) {
            GuardedTag guarded = tag(tag.getKey());
            if (!guarded.admits(tag.getValue())) {
                return guarded;
            }
        }
        return null;
    }

    private void learn(Meter meter) {
        if (!MadeSeries.isSummable(meter)) {
            this.summable = false;
        }
        else if (this.sample == null) {
            this.sample = meter;
        }
    }

    private GuardedTag.Kept @Nullable [] places(Meter.Id id) {
        List<GuardedTag.Kept> places = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            GuardedTag.Kept place = tag(tag.getKey()).seriesCame(tag.getValue());
            if (place == null) {
                places.forEach(GuardedTag.Kept::seriesGone);
                return null;
            }
            places.add(place);
        }
        return places.toArray(GuardedTag.Kept[]::new);
    }

    /**
     * A meter was removed from a registry.
     * @param registry the registry
     * @param id the meter
     */
    void removed(MeterRegistry registry, Meter.Id id) {
        synchronized (this.series) {
            Series known = this.series.get(id);
            if (known != null && known.remove(registry)) {
                this.series.remove(id);
                known.take(null);
            }
        }
    }

    @Nullable CrowdedOut crowdedOut() {
        return this.crowdedOut;
    }

    boolean isCrowded() {
        return this.series.size() >= this.limits.maxSeries();
    }

    /**
     * The tag with the most values of those that a series has a value of its own for.
     * @param id the series
     * @return the tag, or {@code null} if all its values are folded
     */
    @Nullable GuardedTag widestTag(Meter.Id id) {
        GuardedTag widest = null;
        for (Tag tag : id.getTagsAsIterable()) {
            GuardedTag guarded = tag(tag.getKey());
            if (guarded.isKept(tag.getValue()) && (widest == null || guarded.keptCount() > widest.keptCount())) {
                widest = guarded;
            }
        }
        return widest;
    }

    @Nullable Series series(Meter.Id id) {
        return this.series.get(id);
    }

    Collection<Series> series() {
        return this.series.values();
    }

    Collection<GuardedTag> tags() {
        return this.tags.all();
    }

    /**
     * Whether events of different values may be added up.
     * @return whether it is so, as far as is known
     */
    boolean isSummable() {
        return this.summable;
    }

    @Nullable Meter sample() {
        return this.sample;
    }

    void remember(GuardFilter filter, DistributionStatisticConfig used) {
        this.configs.put(filter, used);
    }

    DistributionStatisticConfig configOr(GuardFilter filter, DistributionStatisticConfig standard) {
        DistributionStatisticConfig used = this.configs.get(filter);
        return (used != null) ? used : standard;
    }

    /**
     * What is to be done with a meter that came.
     */
    enum Arrival {

        /** Nothing. */
        STAYS,

        /** It has to go: one of its values lost its place while the meter was made. */
        GOES,

        /** It has to be told to the object that took the place of this one. */
        TOO_LATE

    }

}
