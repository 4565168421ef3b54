package io.observability.starter.metrics.cardinality;

/**
 * Every metric of the cardinality guard, declared once. They are in each metric set.
 *
 * @since 0.1.0
 */
public enum CardinalityMetric {

    /** Occurrences of folded values, by meter and tag. */
    OVERFLOW(CardinalityGuard.OWN_METERS + "overflow", "observability_cardinality_overflow_total", "meter,tag",
            "Occurrences of values of tags that have no series of their own.");

    private final String meter;

    private final String family;

    private final String labels;

    private final String help;

    CardinalityMetric(String meter, String family, String labels, String help) {
        this.meter = meter;
        this.family = family;
        this.labels = labels;
        this.help = help;
    }

    /**
     * Name of the Micrometer meter.
     * @return the name, with dots
     */
    public String meter() {
        return this.meter;
    }

    /**
     * Name of the family in a scrape.
     * @return the name
     */
    public String family() {
        return this.family;
    }

    /**
     * Names of the labels.
     * @return the labels, separated by commas
     */
    public String labels() {
        return this.labels;
    }

    /**
     * Help text of the family.
     * @return one sentence
     */
    public String help() {
        return this.help;
    }

}
