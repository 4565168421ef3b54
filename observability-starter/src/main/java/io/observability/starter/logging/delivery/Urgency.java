package io.observability.starter.logging.delivery;

/**
 * What a line may cost its caller.
 *
 * @since 0.1.0
 */
public enum Urgency {

    /** TRACE, DEBUG and INFO: the first to give way. */
    LOW,

    /** WARN: waits for room, and is written at once. */
    HIGH,

    /** ERROR: also waits until it is written. */
    URGENT

}
