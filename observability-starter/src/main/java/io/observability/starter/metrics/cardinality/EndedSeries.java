package io.observability.starter.metrics.cardinality;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A meter that was removed since its value has no series of its own any longer. Whoever
 * looked it up before may go on writing to it; what they write is moved to the series
 * that the value is folded into, for as long as anybody holds the meter. Used by one
 * thread at a time.
 */
final class EndedSeries {

    /** A timer has no way to add many events at once. */
    private static final int MAX_RECORDED = 10_000;

    /**
     * Turns for which the meter is held, so that a late write in flight is not missed.
     */
    private static final int HELD = 2;

    private final GuardFilter filter;

    private final GuardedMeter meter;

    private final GuardedTag tag;

    private final Meter.Id target;

    private final boolean counted;

    private final WeakReference<Meter> ended;

    // Only held.
    @SuppressWarnings("UnusedVariable")
    private @Nullable Meter held;

    private int turns;

    private double events;

    private double total;

    EndedSeries(GuardFilter filter, GuardedMeter meter, GuardedTag tag, Meter ended, Meter.Id target, boolean counted) {
        this.filter = filter;
        this.meter = meter;
        this.tag = tag;
        this.target = target;
        this.counted = counted;
        this.ended = new WeakReference<>(ended);
        this.held = ended;
        this.total = total(ended);
        this.events = Series.events(ended);
    }

    /**
     * Move what was written since the last time.
     * @return whether anybody may still write
     */
    boolean move() {
        Meter source = this.ended.get();
        if (source == null) {
            return false;
        }
        double growth = Series.events(source) - this.events;
        if (growth > 0) {
            Meter into = target();
            if (into == null) {
                this.held = source;
                return true;
            }
            move(growth, total(source) - this.total, into);
        }
        if (++this.turns >= HELD) {
            this.held = null;
        }
        return true;
    }

    private @Nullable Meter target() {
        this.filter.make(this.meter, this.target);
        Series series = this.meter.series(this.target);
        return (series != null) ? series.meter(this.filter.registry()) : null;
    }

    private void move(double growth, double totalGrowth, Meter into) {
        double moved = growth;
        if (into instanceof Counter counter) {
            counter.increment(growth);
        }
        else {
            // The single times are gone; their mean keeps count and sum right.
            double mean = Math.max(0, totalGrowth) / growth;
            moved = Math.min(growth, MAX_RECORDED);
            for (int i = 0; i < (int) moved; i++) {
                record(into, mean);
            }
            this.total += mean * moved;
        }
        this.events += moved;
        if (this.counted) {
            this.tag.overflow().addMoved((long) moved);
        }
    }

    private static void record(Meter into, double amount) {
        if (into instanceof Timer timer) {
            timer.record(Math.round(amount), TimeUnit.NANOSECONDS);
        }
        else if (into instanceof DistributionSummary summary) {
            summary.record(amount);
        }
    }

    private static double total(Meter meter) {
        if (meter instanceof Timer timer) {
            return timer.totalTime(TimeUnit.NANOSECONDS);
        }
        return (meter instanceof DistributionSummary summary) ? summary.totalAmount() : 0;
    }

}
