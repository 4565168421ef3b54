package io.observability.starter.metrics.cardinality;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * Ends series, in all registries that have them, and looks after who still writes to
 * them. Used by one thread at a time, but for {@link #endsSeries()}.
 */
final class SeriesUpkeep {

    /** Above this no further series are ended, until fewer are held. */
    private static final int MAX_ENDED = 10_000;

    private final Map<MeterRegistry, GuardFilter> filters;

    private final Map<Thread, Thread> ending = new ConcurrentHashMap<>();

    private final Queue<EndedSeries> ended = new ArrayDeque<>();

    SeriesUpkeep(Map<MeterRegistry, GuardFilter> filters) {
        this.filters = filters;
    }

    /**
     * Whether the calling thread ends a series. Then ids are what they are: a composite
     * asks its children to remove an id, and they must not take it for a folded one.
     * @return whether it does
     */
    boolean endsSeries() {
        return !this.ending.isEmpty() && this.ending.containsKey(Thread.currentThread());
    }

    /**
     * Whether so many ended series are still held by somebody that no more should end.
     * @return whether it is so
     */
    boolean isFull() {
        return this.ended.size() >= MAX_ENDED;
    }

    void moveLateWrites() {
        this.ended.removeIf((series) -> !series.move());
    }

    /**
     * End the series whose values have lost their places. A registry tells of a meter
     * just before the meter can be removed, so one that had to go may still be there in
     * the next turn.
     * @param meter their meter
     */
    void sweep(GuardedMeter meter) {
        for (Series series : meter.series()) {
            if (!series.mayStay() && !isFull() && !meter.findsPlaces(series)) {
                GuardedTag lost = meter.lostTag(series.id());
                if (lost != null) {
                    end(meter, lost, series);
                }
            }
        }
    }

    void end(GuardedMeter meter, GuardedTag tag, String value) {
        for (Series series : meter.series()) {
            if (value.equals(series.id().getTag(tag.key()))) {
                end(meter, tag, series);
            }
        }
    }

    // The composites first: they remove the meters of their children themselves. Whoever
    // comes after that may have made the series again; that one is not to be removed.
    void end(GuardedMeter meter, GuardedTag tag, Series series) {
        List<Series.Live> live = new ArrayList<>(series.meters());
        live.sort(Comparator.comparing((Series.Live one) -> isLeaf(one.registry())));
        boolean counted = false;
        for (Series.Live one : live) {
            if (series.has(one)) {
                remove(one);
            }
            if (isLeaf(one.registry()) && !series.has(one)) {
                watch(meter, tag, one, !counted);
                counted = true;
            }
        }
    }

    private void remove(Series.Live live) {
        this.ending.put(Thread.currentThread(), Thread.currentThread());
        try {
            live.registry().remove(live.meter());
        }
        finally {
            this.ending.remove(Thread.currentThread());
        }
    }

    private void watch(GuardedMeter meter, GuardedTag tag, Series.Live gone, boolean counted) {
        GuardFilter filter = this.filters.get(gone.registry());
        if (filter != null && Series.countsEvents(gone.meter())) {
            Meter.Id target = gone.meter().getId().withTag(Tag.of(tag.key(), FoldedValue.OTHER));
            this.ended.add(new EndedSeries(filter, meter, tag, gone.meter(), target, counted));
        }
    }

    private static boolean isLeaf(MeterRegistry registry) {
        return !(registry instanceof CompositeMeterRegistry);
    }

}
