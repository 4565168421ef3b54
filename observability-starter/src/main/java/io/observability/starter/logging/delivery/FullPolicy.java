package io.observability.starter.logging.delivery;

/**
 * What happens to a line that finds no room. Whatever is chosen, waiting has a bound, a
 * line that is given up is counted, and nobody waits for a destination that is known not
 * to work.
 *
 * @since 0.1.0
 */
public enum FullPolicy {

    /** Each line waits for room. */
    BLOCK,

    /** No line waits. */
    DROP,

    /**
     * DEBUG and INFO do not wait, and leave the last part of the room to WARN and ERROR,
     * which do.
     */
    DROP_DEBUG_FIRST

}
