package io.observability.promcard;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found.
 *
 * @param question what was asked
 * @param source what the URL is
 * @param series how many series were looked at
 * @param metrics how many metrics they belong to
 * @param labels the labels with more than one value, what costs most first
 * @param warnings what the server said about its answers
 */
record Findings(Question question, Source source, int series, int metrics, List<LabelCost> labels,
        List<String> warnings) {

    /**
     * The labels with more values than the threshold.
     * @return the labels, what costs most first
     */
    List<LabelCost> offenders() {
        return this.labels.stream().filter(this::isOver).toList();
    }

    /**
     * The labels that cost most, and whatever is over the threshold.
     * @param most how many of them to show
     * @return the labels, what costs most first
     */
    List<LabelCost> top(int most) {
        List<LabelCost> top = new ArrayList<>();
        for (LabelCost label : this.labels) {
            if (top.size() < most || isOver(label)) {
                top.add(label);
            }
        }
        return top;
    }

    boolean isOver(LabelCost label) {
        return label.values() > this.question.threshold();
    }

    /**
     * How large a part of all series is there only because of a label.
     * @param label the label
     * @return from 0 to 1
     */
    double share(LabelCost label) {
        return (double) label.cost() / this.series;
    }

    /**
     * What a URL can be.
     */
    enum Source {

        /** A live page of metrics. */
        METRICS,

        /** A Prometheus server. */
        PROMETHEUS

    }

}
