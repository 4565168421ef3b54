package io.observability.promcard;

import java.util.List;

/**
 * Takes series as they are read. The lists are the reader's and change with the next one.
 */
@FunctionalInterface
interface SeriesSink {

    /**
     * Take one series.
     * @param family the metric that it belongs to, such as the histogram of a bucket
     * @param name its own name
     * @param labelNames the names of its labels
     * @param labelValues their values
     * @throws CouldNotTellException if there are too many
     */
    void add(String family, String name, List<String> labelNames, List<String> labelValues)
            throws CouldNotTellException;

}
