package io.observability.starter.metrics.business;

import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;

/**
 * Counts what became of something, by the constants of an enum. Each result has its
 * series from the start, at 0, and there can't be more of them. Counting allocates
 * nothing. Thread-safe.
 *
 * @param <R> the results
 * @since 0.1.0
 */
public final class ResultCounter<R extends Enum<R>> {

    private final String meter;

    private final Map<R, Counter> counters;

    private final MisuseLog misuses;

    ResultCounter(String meter, Map<R, Counter> counters, MisuseLog misuses) {
        this.meter = meter;
        this.counters = counters;
        this.misuses = misuses;
    }

    /**
     * Count one.
     * @param result what became of it
     */
    public void increment(R result) {
        counter(result).increment();
    }

    /**
     * Count several at once, or what has an amount. What would make the counter fall is
     * left out, and counted as misuse.
     * @param result what became of it
     * @param amount by how much the counter rises, 0 or more
     */
    public void increment(R result, double amount) {
        if (amount >= 0 && amount < Double.POSITIVE_INFINITY) {
            counter(result).increment(amount);
        }
        else {
            this.misuses.add(Misuse.COUNTER_FELL, this.meter,
                    "was to rise by " + amount + ", and counters never fall: a gauge does");
        }
    }

    private Counter counter(R result) {
        return Objects.requireNonNull(this.counters.get(result));
    }

}
