package io.observability.starter.metrics.histogram;

import java.util.Collection;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import org.jspecify.annotations.Nullable;

/**
 * A summary that is a histogram of amounts, with an exemplar for a bucket now and then.
 * Thread-safe.
 */
final class HistogramSummary extends AbstractDistributionSummary {

    private final double[] bounds;

    private final LongAdder[] cells;

    private final DoubleAdder total = new DoubleAdder();

    private final TimeWindowMax recent;

    private final Labels labels;

    private final @Nullable SeriesExemplars exemplars;

    private final long createdMillis;

    HistogramSummary(Id id, double scale, double[] bounds, TimeWindowMax recent, Labels labels,
            @Nullable SeriesExemplars exemplars, long createdMillis) {
        super(id, scale, NoopHistogram.INSTANCE);
        this.bounds = bounds;
        this.cells = Stream.generate(LongAdder::new).limit(bounds.length).toArray(LongAdder[]::new);
        this.recent = recent;
        this.labels = labels;
        this.exemplars = exemplars;
        this.createdMillis = createdMillis;
    }

    /**
     * The bounds of a summary as Prometheus wants them.
     * @param buckets upper bounds of the buckets
     * @return the same in their order, and infinity
     */
    static double[] bounds(Collection<Double> buckets) {
        return Stream.concat(buckets.stream(), Stream.of(Double.POSITIVE_INFINITY))
            .mapToDouble(Double::doubleValue)
            .distinct()
            .sorted()
            .toArray();
    }

    @Override
    protected void recordNonNegative(double amount) {
        int cell = 0;
        while (cell < this.bounds.length - 1 && amount > this.bounds[cell]) {
            cell++;
        }
        this.cells[cell].increment();
        this.total.add(amount);
        this.recent.record(amount);
        if (this.exemplars != null) {
            this.exemplars.offer(amount);
        }
    }

    @Override
    public long count() {
        long count = 0;
        for (LongAdder cell : this.cells) {
            count += cell.sum();
        }
        return count;
    }

    @Override
    public double totalAmount() {
        return this.total.sum();
    }

    @Override
    public double max() {
        return this.recent.poll();
    }

    @Override
    public HistogramSnapshot takeSnapshot() {
        CountAtBucket[] buckets = new CountAtBucket[this.bounds.length - 1];
        long sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += this.cells[i].sum();
            buckets[i] = new CountAtBucket(this.bounds[i], sum);
        }
        return new HistogramSnapshot(count(), totalAmount(), max(), null, buckets, null);
    }

    HistogramDataPointSnapshot dataPoint() {
        long[] counts = new long[this.cells.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = this.cells[i].sum();
        }
        return new HistogramDataPointSnapshot(ClassicHistogramBuckets.of(this.bounds, counts), totalAmount(),
                this.labels, (this.exemplars != null) ? this.exemplars.collect() : Exemplars.EMPTY, this.createdMillis);
    }

}
