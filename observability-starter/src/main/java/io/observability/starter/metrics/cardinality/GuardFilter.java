package io.observability.starter.metrics.cardinality;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * The guard's place in one registry: its filter, and what the registry tells of meters
 * that come and go. Thread-safe.
 */
final class GuardFilter implements MeterFilter {

    private final MeterRegistry registry;

    private final CardinalityGuard guard;

    // Threads that make a series now, and which. A thread-local would stay behind in
    // every thread that ever asked for a meter.
    private final Map<Thread, Meter.Id> making = new ConcurrentHashMap<>();

    GuardFilter(MeterRegistry registry, CardinalityGuard guard) {
        this.registry = registry;
        this.guard = guard;
    }

    MeterRegistry registry() {
        return this.registry;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        Meter.Id made = made();
        if (made != null) {
            return made;
        }
        GuardedMeter meter = this.guard.endsSeries() ? null : this.guard.meter(id);
        if (meter == null) {
            return id;
        }
        Meter.Id mapped = meter.map(id);
        if (!mapped.equals(id)) {
            make(meter, mapped);
        }
        return mapped;
    }

    /**
     * Make the series that values are folded into, unless it is there.
     * @param meter the meter
     * @param id the series
     */
    void make(GuardedMeter meter, Meter.Id id) {
        Meter model = meter.sample();
        Series series = meter.series(id);
        if (model == null || !MadeSeries.isModel(model) || !meter.isSummable()
                || (series != null && series.meter(this.registry) != null)) {
            return;
        }
        this.making.put(Thread.currentThread(), id);
        try {
            MadeSeries.make(this.registry, model, id);
        }
        catch (RuntimeException ex) {
            // Another filter or the registry objects; then the caller's own look-up makes
            // the series, or fails as it would have.
        }
        finally {
            this.making.remove(Thread.currentThread());
        }
    }

    private Meter.@Nullable Id made() {
        return this.making.isEmpty() ? null : this.making.get(Thread.currentThread());
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        GuardedMeter meter = this.guard.meter(id);
        if (meter == null) {
            return this.guard.hasRoomFor(id) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
        }
        return (!meter.isSummable() && isRefused(id)) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    private static boolean isRefused(Meter.Id id) {
        for (Tag tag : id.getTagsAsIterable()) {
            if (tag.getValue().equals(FoldedValue.REFUSED)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        GuardedMeter meter = this.guard.meter(id);
        if (meter == null) {
            return config;
        }
        if (made() != null) {
            return meter.configOr(this, config);
        }
        meter.remember(this, config);
        return config;
    }

    void added(Meter meter) {
        added(meter, false);
    }

    /**
     * A meter that was there before the guard: it keeps its series if there is room, and
     * is not touched otherwise.
     * @param meter the meter
     */
    void found(Meter meter) {
        added(meter, true);
    }

    private void added(Meter meter, boolean tolerated) {
        GuardedMeter guarded = this.guard.meter(meter.getId());
        while (guarded != null) {
            GuardedMeter.Arrival arrival = guarded.added(this.registry, meter, tolerated);
            if (arrival == GuardedMeter.Arrival.GOES) {
                this.guard.sweepLater(guarded);
            }
            guarded = (arrival == GuardedMeter.Arrival.TOO_LATE) ? this.guard.meterAfter(guarded, meter.getId()) : null;
        }
    }

    void removed(Meter meter) {
        GuardedMeter guarded = this.guard.knownMeter(meter.getId());
        if (guarded != null) {
            guarded.removed(this.registry, meter.getId());
        }
    }

}
