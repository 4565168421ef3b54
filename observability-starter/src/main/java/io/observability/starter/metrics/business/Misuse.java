package io.observability.starter.metrics.business;

import java.util.Locale;

/**
 * What can be wrong with how a business metric is used.
 *
 * @since 0.1.0
 */
public enum Misuse {

    /** Its name, its unit or a tag breaks the conventions. */
    NAME,

    /** A counter was to fall, or by how much it was to rise is no number. */
    COUNTER_FELL,

    /** A gauge has had no value for as long as a value is good for. */
    GAUGE_NEVER_REFRESHED,

    /**
     * A histogram can't tell how many kept the objective, which is none of its bounds.
     */
    OBJECTIVE_WITHOUT_BUCKET,

    /** A method is to be counted, and its calls or their results are not seen. */
    CALL_NOT_COUNTED,

    /** There are more gauges than any service has: their tags have too many values. */
    TOO_MANY_GAUGES;

    static final String METER = "observability.business.misuse";

    static final String HELP = "Metrics of the application that are not used as they should be, by what is wrong.";

    /**
     * Value of the label {@code check}.
     * @return the name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
