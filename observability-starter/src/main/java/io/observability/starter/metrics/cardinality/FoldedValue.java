package io.observability.starter.metrics.cardinality;

/**
 * Values that stand for folded ones.
 */
final class FoldedValue {

    /** All that have no series of their own; same as in the labels of requests. */
    static final String OTHER = "_other";

    static final String BUCKET = "_hash_";

    /**
     * Marks what has no sum, such as a gauge, for {@link GuardFilter#accept}; no series
     * ever has it.
     */
    static final String REFUSED = "_refused_by_cardinality_guard";

    // The same in each process, so that a bucket means the same everywhere.
    private static final long SEED = 0;

    private FoldedValue() {
    }

    static String bucket(String value, int buckets) {
        return BUCKET + Long.remainderUnsigned(ValueHash.of(value, SEED), buckets);
    }

    /**
     * The beginning of a value, marked as one by a star.
     * @param value the value
     * @param length how many characters are kept
     * @return the beginning, never half of a surrogate pair
     */
    static String prefix(String value, int length) {
        if (value.length() <= length) {
            return value + '*';
        }
        int end = Character.isHighSurrogate(value.charAt(length - 1)) ? length - 1 : length;
        return value.substring(0, end) + '*';
    }

}
