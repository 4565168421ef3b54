package io.observability.starter.metrics.histogram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import org.jspecify.annotations.Nullable;

/**
 * The exemplars of one series, one for each range of values. To offer an event takes no
 * lock, and allocates only what becomes an exemplar. Thread-safe.
 */
final class SeriesExemplars {

    private static final VarHandle DUE;

    static {
        try {
            DUE = MethodHandles.lookup().findVarHandle(SeriesExemplars.class, "due", long.class);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final ExemplarSampling sampling;

    private final double[] bounds;

    private final AtomicReferenceArray<@Nullable Exemplar> kept;

    // Monotonic time of the next look at an event.
    private volatile long due;

    /**
     * Create the exemplars of a series.
     * @param sampling the rule
     * @param bounds upper bounds of the ranges, the last one infinite; not to be changed
     */
    SeriesExemplars(ExemplarSampling sampling, double[] bounds) {
        this.sampling = sampling;
        this.bounds = bounds;
        this.kept = new AtomicReferenceArray<>(bounds.length);
        this.due = sampling.monotonicTime();
    }

    /**
     * An event happens now, in the current trace.
     * @param value its value
     */
    void offer(double value) {
        long now = this.sampling.monotonicTime();
        long due = this.due;
        if (now - due >= 0 && DUE.compareAndSet(this, due, now + this.sampling.intervalNanos())) {
            look(value, now);
        }
    }

    private void look(double value, long monotonicNow) {
        int range = range(value);
        long now = this.sampling.wallTime();
        Exemplar before = this.kept.get(range);
        if (before != null && !this.sampling.mayGo(before, now)) {
            return;
        }
        Exemplar exemplar = this.sampling.exemplar(value, now);
        if (exemplar != null) {
            this.kept.set(range, exemplar);
            this.due = monotonicNow + nanosUntilOneMayGo(now);
        }
    }

    private int range(double value) {
        int range = 0;
        while (range < this.bounds.length - 1 && value > this.bounds[range]) {
            range++;
        }
        return range;
    }

    private long nanosUntilOneMayGo(long now) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < this.kept.length(); i++) {
            Exemplar exemplar = this.kept.get(i);
            least = Math.min(least,
                    (exemplar != null) ? this.sampling.nanosLeft(exemplar, now) : this.sampling.intervalNanos());
        }
        return least;
    }

    /**
     * The exemplars that are not too old.
     * @return one at most for each range
     */
    Exemplars collect() {
        List<Exemplar> fresh = null;
        for (int i = 0; i < this.kept.length(); i++) {
            Exemplar exemplar = fresh(i);
            if (exemplar != null) {
                fresh = (fresh != null) ? fresh : new ArrayList<>(this.kept.length());
                fresh.add(exemplar);
            }
        }
        return (fresh != null) ? Exemplars.of(fresh) : Exemplars.EMPTY;
    }

    /**
     * The exemplar of the first range.
     * @return the exemplar, or {@code null} if there is none or it is too old
     */
    @Nullable Exemplar first() {
        return fresh(0);
    }

    private @Nullable Exemplar fresh(int range) {
        Exemplar exemplar = this.kept.get(range);
        return (exemplar != null && !this.sampling.isTooOld(exemplar, this.sampling.wallTime())) ? exemplar : null;
    }

}
