package io.observability.promcard;

import java.util.Comparator;
import java.util.List;

/**
 * What one label of one metric costs.
 *
 * @param metric the metric; a histogram is one, with all its buckets
 * @param label the label
 * @param values how many different values it has
 * @param series how many series the metric has
 * @param seriesWithout how many it would have without the label
 * @param examples some of the values, as they were found
 */
record LabelCost(String metric, String label, int values, int series, int seriesWithout, List<String> examples) {

    /** What costs most first; among equals the one that may grow first. */
    static final Comparator<LabelCost> MOST_FIRST = Comparator.comparingInt(LabelCost::cost)
        .thenComparingInt(LabelCost::values)
        .reversed()
        .thenComparing(LabelCost::metric)
        .thenComparing(LabelCost::label);

    /**
     * How many series are there only because of the label.
     * @return the number
     */
    int cost() {
        return this.series - this.seriesWithout;
    }

}
