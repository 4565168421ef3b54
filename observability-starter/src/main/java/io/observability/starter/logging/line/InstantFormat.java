package io.observability.starter.logging.line;

/**
 * How the instant of an event is written.
 */
enum InstantFormat {

    /** ISO 8601 in UTC with microseconds. */
    ISO,

    /**
     * Nanoseconds since 1970 as text, since not every reader has whole 64-bit numbers.
     */
    EPOCH_NANOS

}
