package io.observability.starter.metrics.histogram;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.util.TimeUtils;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import org.jspecify.annotations.Nullable;

/**
 * A timer that is a histogram: buckets, count and sum of all it has recorded, and an
 * exemplar for a bucket now and then. A windowed maximum costs more than all the rest;
 * without one, its maximum is that since the start. Thread-safe.
 */
final class HistogramTimer extends AbstractTimer {

    private static final double NANOS_PER_SECOND = 1e9;

    private final DurationHistogram counts;

    private final @Nullable TimeWindowMax recent;

    private final Labels labels;

    private final @Nullable SeriesExemplars exemplars;

    private final long createdMillis;

    HistogramTimer(Id id, Clock clock, PauseDetector pauseDetector, HistogramLayout layout,
            @Nullable TimeWindowMax recent, Labels labels, @Nullable SeriesExemplars exemplars) {
        super(id, clock, pauseDetector, TimeUnit.SECONDS, NoopHistogram.INSTANCE);
        this.counts = new DurationHistogram(layout);
        this.recent = recent;
        this.labels = labels;
        this.exemplars = exemplars;
        this.createdMillis = clock.wallTime();
    }

    @Override
    protected void recordNonNegative(long amount, TimeUnit unit) {
        long nanos = unit.toNanos(amount);
        this.counts.record(nanos);
        if (this.recent != null) {
            this.recent.record((double) nanos, TimeUnit.NANOSECONDS);
        }
        if (this.exemplars != null) {
            this.exemplars.offer(nanos / NANOS_PER_SECOND);
        }
    }

    @Override
    public long count() {
        return this.counts.count();
    }

    @Override
    public double totalTime(TimeUnit unit) {
        return TimeUtils.nanosToUnit((double) this.counts.nanos(), unit);
    }

    @Override
    public double max(TimeUnit unit) {
        return (this.recent != null) ? this.recent.poll(unit)
                : TimeUtils.nanosToUnit((double) this.counts.longest(), unit);
    }

    @Override
    public HistogramSnapshot takeSnapshot() {
        return new HistogramSnapshot(count(), totalTime(TimeUnit.NANOSECONDS), max(TimeUnit.NANOSECONDS), null,
                this.counts.cumulative(), null);
    }

    HistogramDataPointSnapshot dataPoint() {
        return this.counts.snapshot(this.labels, (this.exemplars != null) ? this.exemplars.collect() : Exemplars.EMPTY,
                this.createdMillis);
    }

}
