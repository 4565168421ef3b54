package io.observability.starter.pipeline;

/**
 * How much of a kind of telemetry has what it should have, counted since the start.
 *
 * @param aspect what it should have
 * @param field name of the field, for {@link Aspect#REQUIRED_FIELD}; empty for the others
 * @param expected how much there was
 * @param complete how much of that had it
 * @since 0.1.0
 */
public record Completeness(Aspect aspect, String field, long expected, long complete) {

    /**
     * What telemetry should have.
     */
    public enum Aspect {

        /** A request that is observed has a span. */
        REQUEST_SPAN,

        /** A log line has the id of a trace. */
        LINE_TRACE_ID,

        /** A log line has a value for a field that it must have. */
        REQUIRED_FIELD

    }

}
