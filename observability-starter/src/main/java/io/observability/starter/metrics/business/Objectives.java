package io.observability.starter.metrics.business;

import io.micrometer.core.instrument.Meter;

/**
 * The objectives that each histogram has a bound for.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Objectives {

    /** No objectives. */
    Objectives NONE = (name, type) -> new double[0];

    /**
     * The objectives of a meter.
     * @param name the name of the meter
     * @param type its type
     * @return the objectives, in nanoseconds for timers; empty if it has none
     */
    double[] of(String name, Meter.Type type);

}
