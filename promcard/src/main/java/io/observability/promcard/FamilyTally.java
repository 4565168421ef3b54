package io.observability.promcard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts the series of one metric, and each of its labels.
 */
final class FamilyTally {

    // What an entry of a map with its key and its value takes, roughly.
    private static final int BYTES_EACH = 256;

    private final String metric;

    private final Predicate<String> judged;

    private final TableBudget budget;

    private final LongSet all;

    private final Map<String, LabelTally> labels = new LinkedHashMap<>();

    FamilyTally(String metric, Predicate<String> judged, TableBudget budget) throws CouldNotTellException {
        budget.take(BYTES_EACH + 2L * metric.length());
        this.metric = metric;
        this.judged = judged;
        this.budget = budget;
        this.all = new LongSet(budget);
    }

    void add(String name, List<String> labelNames, List<String> labelValues) throws CouldNotTellException {
        long hash = Hashes.of(name);
        for (int i = 0; i < labelNames.size(); i++) {
            hash += part(labelNames.get(i), labelValues.get(i));
        }
        if (!this.all.add(hash)) {
            return;
        }
        for (int i = 0; i < labelNames.size(); i++) {
            String label = labelNames.get(i);
            String value = labelValues.get(i);
            if (!value.isEmpty() && this.judged.test(label) && !isBound(name, label)) {
                tally(label).add(value, hash - part(label, value));
            }
        }
    }

    List<LabelCost> costs() {
        List<LabelCost> costs = new ArrayList<>();
        this.labels.forEach((label, tally) -> costs.add(tally.cost(this.metric, label, this.all)));
        return costs;
    }

    int series() {
        return this.all.size();
    }

    void free() {
        this.all.free();
        this.labels.values().forEach(LabelTally::free);
        this.labels.clear();
    }

    private LabelTally tally(String label) throws CouldNotTellException {
        LabelTally tally = this.labels.get(label);
        if (tally == null) {
            this.budget.take(BYTES_EACH + 2L * label.length());
            tally = new LabelTally(this.budget);
            this.labels.put(label, tally);
        }
        return tally;
    }

    // For Prometheus an empty value is no label.
    private static long part(String label, String value) {
        return value.isEmpty() ? 0 : Hashes.of(label, value);
    }

    // The bounds of buckets and quantiles were chosen by somebody; no traffic adds one.
    private boolean isBound(String name, String label) {
        return (label.equals("le") && name.endsWith("_bucket"))
                || (label.equals("quantile") && name.equals(this.metric));
    }

}
