package io.observability.starter.metrics.histogram;

import java.util.Arrays;
import java.util.Collection;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import org.jspecify.annotations.Nullable;

/**
 * How durations are told apart: by classic buckets, by native ones, or by both. With both
 * a duration is still counted in one place, a cell that lies in one bucket of either
 * kind, so that the two kinds never disagree. Immutable, and shared by all series of a
 * family.
 */
final class HistogramLayout {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] bounds;

    /** As Prometheus shows them: one more, which has no bound. */
    private final double[] seconds;

    /** What to add to a classic bucket to get the cell in a native one. */
    private final int @Nullable [] shift;

    private final int[] classicOf;

    private final int[] nativeOf;

    /**
     * Create a layout.
     * @param bounds upper bounds of the classic buckets, in nanoseconds; none for none
     * @param withNative whether there are native buckets
     */
    HistogramLayout(Collection<Double> bounds, boolean withNative) {
        this.bounds = bounds.stream()
            .filter(Double::isFinite)
            .mapToLong(Double::longValue)
            .distinct()
            .sorted()
            .toArray();
        this.seconds = new double[this.bounds.length + 1];
        for (int i = 0; i < this.bounds.length; i++) {
            this.seconds[i] = this.bounds[i] / NANOS_PER_SECOND;
        }
        this.seconds[this.bounds.length] = Double.POSITIVE_INFINITY;
        int[] classicOf = new int[NativeScale.BUCKETS + this.bounds.length];
        int[] nativeOf = new int[classicOf.length];
        int[] shift = new int[NativeScale.BUCKETS];
        int cells = 0;
        for (int bucket = 0; withNative && bucket < shift.length; bucket++) {
            int first = classic(NativeScale.shortest(bucket));
            int last = classic(NativeScale.shortest(bucket + 1) - 1);
            shift[bucket] = cells - first;
            for (int i = first; i <= last; i++) {
                classicOf[cells] = i;
                nativeOf[cells++] = bucket;
            }
        }
        this.shift = withNative ? shift : null;
        this.classicOf = Arrays.copyOf(classicOf, cells);
        this.nativeOf = Arrays.copyOf(nativeOf, cells);
    }

    /**
     * Number of places to count in.
     * @return the number of cells
     */
    int cells() {
        return (this.shift != null) ? this.classicOf.length : this.seconds.length;
    }

    /**
     * Where to count a duration.
     * @param nanos the duration
     * @return the cell
     */
    int cell(long nanos) {
        int bucket = classic(nanos);
        return (this.shift != null) ? this.shift[NativeScale.bucket(nanos)] + bucket : bucket;
    }

    boolean hasClassic() {
        return this.bounds.length > 0;
    }

    boolean hasNative() {
        return this.shift != null;
    }

    /**
     * Bounds in seconds.
     * @return the bounds and infinity, not to be changed
     */
    double[] seconds() {
        return this.seconds;
    }

    ClassicHistogramBuckets classic(long[] cells) {
        return ClassicHistogramBuckets.of(this.seconds, byBucket(cells));
    }

    CountAtBucket[] cumulative(long[] cells) {
        long[] counts = byBucket(cells);
        CountAtBucket[] buckets = new CountAtBucket[this.bounds.length];
        long sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += counts[i];
            buckets[i] = new CountAtBucket((double) this.bounds[i], sum);
        }
        return buckets;
    }

    long zeros(long[] cells) {
        long zeros = 0;
        for (int i = 0; this.nativeOf[i] == 0; i++) {
            zeros += cells[i];
        }
        return zeros;
    }

    NativeHistogramBuckets positive(long[] cells) {
        int[] indexes = new int[cells.length];
        long[] counts = new long[cells.length];
        int size = 0;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == 0 || this.nativeOf[i] == 0) {
                continue;
            }
            int index = NativeScale.indexOf(this.nativeOf[i]);
            if (size == 0 || indexes[size - 1] != index) {
                indexes[size++] = index;
            }
            counts[size - 1] += cells[i];
        }
        return NativeHistogramBuckets.of(Arrays.copyOf(indexes, size), Arrays.copyOf(counts, size));
    }

    private long[] byBucket(long[] cells) {
        if (this.shift == null) {
            return cells;
        }
        long[] counts = new long[this.seconds.length];
        for (int i = 0; i < cells.length; i++) {
            counts[this.classicOf[i]] += cells[i];
        }
        return counts;
    }

    // The bounds are few and most durations short: one after the other.
    private int classic(long nanos) {
        long[] bounds = this.bounds;
        int i = 0;
        while (i < bounds.length && nanos > bounds[i]) {
            i++;
        }
        return i;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistogramLayout layout && Arrays.equals(this.bounds, layout.bounds)
                && hasNative() == layout.hasNative();
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(this.bounds);
    }

}
