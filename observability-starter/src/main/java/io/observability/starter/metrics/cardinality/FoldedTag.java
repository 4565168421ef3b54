package io.observability.starter.metrics.cardinality;

/**
 * A tag whose values somebody else bounds already, and who says here what was folded, so
 * that it is counted and shown in one place.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FoldedTag {

    /** Tells nobody. */
    FoldedTag UNTOLD = (value) -> {
    };

    /**
     * One occurrence of a value was folded into {@code _other}. Safe to call from any
     * thread, on a request's path, and with any value.
     * @param value the value that has no series of its own
     */
    void folded(String value);

}
