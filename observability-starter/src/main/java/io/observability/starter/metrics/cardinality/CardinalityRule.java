package io.observability.starter.metrics.cardinality;

import org.jspecify.annotations.Nullable;

/**
 * How many values of some tags have series of their own, and what becomes of the others.
 *
 * @param meter glob of the meter's name, as Micrometer has it or as it is exposed
 * @param tag glob of the tag's key
 * @param limit how many values have series of their own, or {@code null} for the general
 * limit
 * @param action what becomes of the others
 * @since 0.1.0
 */
public record CardinalityRule(String meter, String tag, @Nullable Integer limit, OverflowAction action) {

    /** Names the rule that holds where no other does. */
    static final String GENERAL = "general";

    @Override
    public String toString() {
        return "meter '" + this.meter + "', tag '" + this.tag + "'";
    }

}
