package io.observability.starter.health;

import java.time.Duration;

/**
 * What is known of one check at one moment.
 *
 * @param name the check's name, children of a composite as {@code parent/child}
 * @param status the status to act on: that of the last run, or {@link HealthStatus#DOWN}
 * if that run took too long, is too old, or if the present one is late
 * @param basis what the status rests on
 * @param duration how long the last run took, or the present one has taken if it is late
 * @param age for how long the status has been known
 * @param remark the cause of a failure, for the log and never for strangers; may be empty
 * @since 0.1.0
 */
public record CheckState(String name, HealthStatus status, Basis basis, Duration duration, Duration age,
        String remark) {

    /**
     * What a status rests on.
     */
    public enum Basis {

        /** No run has ended yet. */
        NONE,

        /** The check's own answer. */
        ANSWER,

        /** The check threw an exception. */
        EXCEPTION,

        /** The check took, or has taken, longer than the time-out. */
        LATE,

        /** The last result is older than the bound. */
        STALE

    }

}
