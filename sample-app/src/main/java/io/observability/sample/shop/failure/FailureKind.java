package io.observability.sample.shop.failure;

/**
 * What can go wrong on demand.
 */
enum FailureKind {

    /** A share of the requests waits before it is answered. */
    LATENCY,

    /** A share of the requests ends with an exception that nobody handles. */
    ERRORS,

    /** A share of the requests breaks after the response has begun. */
    BROKEN_RESPONSE,

    /** Many warnings a second. */
    LOG_STORM,

    /** A fixed number of lines, as fast as several threads can log. */
    LOG_BURST,

    /** A metric with a label that has a value for each visitor. */
    CARDINALITY,

    /** The heap is filled and kept filled. */
    MEMORY,

    /** All connections of the database pool are taken. */
    DATABASE,

    /**
     * Requests are counted by who makes them, as somebody does who does not know better.
     */
    LABEL_LEAK

}
