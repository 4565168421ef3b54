package io.observability.benchmarks.metrics;

/**
 * A row of a table.
 */
public interface Contender {

    /**
     * Name that the parameter of a benchmark has.
     * @return the name
     */
    String name();

    /**
     * Name of the row in the table.
     * @return what it is
     */
    String title();

}
