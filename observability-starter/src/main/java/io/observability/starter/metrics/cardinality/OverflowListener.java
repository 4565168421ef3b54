package io.observability.starter.metrics.cardinality;

/**
 * Is told once of each tag that has more values than series.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OverflowListener {

    /**
     * A value was folded for the first time. Called on the guard's own thread.
     * @param meter name of the meter
     * @param tag the tag as it is now
     */
    void overflowed(String meter, TagCardinality tag);

}
