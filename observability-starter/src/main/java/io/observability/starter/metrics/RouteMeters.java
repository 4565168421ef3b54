package io.observability.starter.metrics;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters of one route by method, code and kind of error. A route has few of each, so a
 * short array per method is searched; finding a series that exists allocates nothing.
 * Thread-safe.
 */
final class RouteMeters {

    private final AtomicReferenceArray<Series @Nullable []> byMethod = new AtomicReferenceArray<>(MethodLabel.COUNT);

    private final Maker maker;

    RouteMeters(Maker maker) {
        this.maker = maker;
    }

    @SuppressWarnings("ReferenceEquality") // There is one object for each name.
    Series find(MethodLabel method, int code, @Nullable ErrorName error) {
        Series @Nullable [] all = this.byMethod.get(method.index());
        if (all != null) {
            for (Series series : all) {
                if (series.code == code && series.error == error) {
                    return series;
                }
            }
        }
        return add(method, code, error);
    }

    @SuppressWarnings("ReferenceEquality") // There is one object for each name.
    private synchronized Series add(MethodLabel method, int code, @Nullable ErrorName error) {
        Series @Nullable [] all = this.byMethod.get(method.index());
        int size = (all != null) ? all.length : 0;
        for (int i = 0; i < size; i++) {
            if (all != null && all[i].code == code && all[i].error == error) {
                return all[i];
            }
        }
        Series series = this.maker.make(method, code, error);
        Series[] more = (all != null) ? Arrays.copyOf(all, size + 1) : new Series[1];
        more[size] = series;
        this.byMethod.set(method.index(), more);
        return series;
    }

    /**
     * Makes the meters of one combination of labels.
     */
    interface Maker {

        Series make(MethodLabel method, int code, @Nullable ErrorName error);

    }

    /**
     * Meters of one combination of labels. Requests are counted here and not read from
     * the timer, so that the counter stays right where the timer is switched off or
     * starts again each step.
     */
    static final class Series {

        private final int code;

        private final @Nullable ErrorName error;

        private final @Nullable LongAdder count;

        private final Timer timer;

        Series(int code, @Nullable ErrorName error, @Nullable LongAdder count, Timer timer) {
            this.code = code;
            this.error = error;
            this.count = count;
            this.timer = timer;
        }

        void record(long nanos) {
            if (this.count != null) {
                this.count.increment();
            }
            this.timer.record(nanos, TimeUnit.NANOSECONDS);
        }

    }

}
