package io.observability.starter.metrics.histogram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import org.jspecify.annotations.Nullable;

/**
 * Counts durations. Their number is the sum of the cells, so that buckets and number
 * never disagree, however many threads count while somebody looks. Counting takes no
 * lock, and allocates only the first time that a cell counts. Thread-safe.
 */
final class DurationHistogram {

    private static final VarHandle LONGEST;

    static {
        try {
            LONGEST = MethodHandles.lookup().findVarHandle(DurationHistogram.class, "longest", long.class);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final double NANOS_PER_SECOND = 1e9;

    private final HistogramLayout layout;

    private final AtomicReferenceArray<@Nullable LongAdder> cells;

    private final LongAdder nanos = new LongAdder();

    private volatile long longest;

    DurationHistogram(HistogramLayout layout) {
        this.layout = layout;
        this.cells = new AtomicReferenceArray<>(layout.cells());
    }

    void record(long duration) {
        int cell = this.layout.cell(duration);
        LongAdder adder = this.cells.get(cell);
        ((adder != null) ? adder : add(cell)).increment();
        this.nanos.add(duration);
        long before = this.longest;
        while (duration > before && !LONGEST.compareAndSet(this, before, duration)) {
            before = this.longest;
        }
    }

    private LongAdder add(int cell) {
        LongAdder adder = new LongAdder();
        LongAdder before = this.cells.compareAndExchange(cell, null, adder);
        return (before != null) ? before : adder;
    }

    long count() {
        long count = 0;
        for (int i = 0; i < this.cells.length(); i++) {
            count += count(i);
        }
        return count;
    }

    long nanos() {
        return this.nanos.sum();
    }

    long longest() {
        return this.longest;
    }

    CountAtBucket[] cumulative() {
        return this.layout.cumulative(counts());
    }

    HistogramDataPointSnapshot snapshot(Labels labels, Exemplars exemplars, long createdMillis) {
        long[] counts = counts();
        double sum = nanos() / NANOS_PER_SECOND;
        if (!this.layout.hasNative()) {
            return new HistogramDataPointSnapshot(this.layout.classic(counts), sum, labels, exemplars, createdMillis);
        }
        long zeros = this.layout.zeros(counts);
        NativeHistogramBuckets positive = this.layout.positive(counts);
        if (!this.layout.hasClassic()) {
            return new HistogramDataPointSnapshot(NativeScale.SCHEMA, zeros, NativeScale.ZERO_THRESHOLD, positive,
                    NativeHistogramBuckets.EMPTY, sum, labels, exemplars, createdMillis);
        }
        return new HistogramDataPointSnapshot(this.layout.classic(counts), NativeScale.SCHEMA, zeros,
                NativeScale.ZERO_THRESHOLD, positive, NativeHistogramBuckets.EMPTY, sum, labels, exemplars,
                createdMillis);
    }

    private long[] counts() {
        long[] counts = new long[this.cells.length()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(i);
        }
        return counts;
    }

    private long count(int cell) {
        LongAdder adder = this.cells.get(cell);
        return (adder != null) ? adder.sum() : 0;
    }

}
