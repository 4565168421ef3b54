package io.observability.starter.metrics.histogram;

import java.util.concurrent.atomic.DoubleAdder;

import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Counter;
import io.prometheus.metrics.model.snapshots.Exemplar;
import org.jspecify.annotations.Nullable;

/**
 * A counter, and the trace of one of the events that it counted lately. Thread-safe.
 */
final class ExemplarCounter extends AbstractMeter implements Counter {

    private final DoubleAdder count = new DoubleAdder();

    private final @Nullable SeriesExemplars exemplars;

    ExemplarCounter(Id id, @Nullable SeriesExemplars exemplars) {
        super(id);
        this.exemplars = exemplars;
    }

    // What is negative, or no number, is left out, as Micrometer does.
    @Override
    public void increment(double amount) {
        if (amount > 0) {
            this.count.add(amount);
            if (this.exemplars != null) {
                this.exemplars.offer(amount);
            }
        }
    }

    @Override
    public double count() {
        return this.count.sum();
    }

    @Nullable Exemplar exemplar() {
        return (this.exemplars != null) ? this.exemplars.first() : null;
    }

}
