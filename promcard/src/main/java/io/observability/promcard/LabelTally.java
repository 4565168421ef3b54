package io.observability.promcard;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the values of one label of one metric, and the series that are left without it.
 */
final class LabelTally {

    private static final int EXAMPLES = 3;

    private static final int MAX_EXAMPLE = 200;

    // What the starter's guard makes of the values above its limit.
    private static final String FOLDED = "_other";

    private final LongSet values;

    private final LongSet seriesWithout;

    private final List<String> examples = new ArrayList<>();

    private int series;

    LabelTally(TableBudget budget) throws CouldNotTellException {
        this.values = new LongSet(budget);
        this.seriesWithout = new LongSet(budget);
    }

    void add(String value, long hashWithout) throws CouldNotTellException {
        this.series++;
        this.seriesWithout.add(hashWithout);
        if (!value.equals(FOLDED) && this.values.add(Hashes.of(value)) && this.examples.size() < EXAMPLES) {
            this.examples.add(value.substring(0, Math.min(value.length(), MAX_EXAMPLE)));
        }
    }

    /**
     * What was counted.
     * @param metric the metric
     * @param label the label
     * @param all all series of the metric
     * @return the cost of the label
     */
    LabelCost cost(String metric, String label, LongSet all) {
        // A series that has the label and one that has not may become the same.
        int left = this.seriesWithout.size() - this.seriesWithout.shared(all);
        return new LabelCost(metric, label, this.values.size(), all.size(), all.size() - this.series + left,
                List.copyOf(this.examples));
    }

    void free() {
        this.values.free();
        this.seriesWithout.free();
    }

}
