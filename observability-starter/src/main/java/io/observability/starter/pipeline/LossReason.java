package io.observability.starter.pipeline;

import java.util.Locale;

/**
 * Why telemetry was lost. A closed set, so that each reason has a series from the start,
 * at 0.
 *
 * @since 0.1.0
 */
public enum LossReason {

    /** More was made than the destination took, and there was no room left to wait in. */
    QUEUE_FULL,

    /** The destination took nothing for a while, for example a pipe that nobody reads. */
    STALLED,

    /** The destination's disk or quota is full. */
    DISK_FULL,

    /** The destination's directory is not there and cannot be made. */
    DIRECTORY_MISSING,

    /** The destination may not be written to. */
    READ_ONLY,

    /** The destination failed in another way. */
    IO_ERROR,

    /** The destination was closed, by us or by who read it. */
    CLOSED,

    /** Longer than what may be queued. */
    TOO_LONG,

    /** Still queued when the time for shutting down was over. */
    SHUTDOWN_TIMEOUT;

    private final String id = name().toLowerCase(Locale.ROOT);

    /**
     * The reason as a label's value.
     * @return the name in lower case
     */
    public String id() {
        return this.id;
    }

}
