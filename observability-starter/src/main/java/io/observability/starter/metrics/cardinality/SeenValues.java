package io.observability.starter.metrics.cardinality;

/**
 * What is known of the values of a tag that has too many of them: how many there are, and
 * which of those without series occur most. Bounded, whatever the values are.
 * Thread-safe.
 */
final class SeenValues {

    private final long seed;

    private final DistinctValues distinct = new DistinctValues();

    private final FrequentValues frequent = new FrequentValues();

    /**
     * Begin to watch.
     * @param seed anything that those who send the values don't know
     */
    SeenValues(long seed) {
        this.seed = seed;
    }

    void kept(String value) {
        this.distinct.add(ValueHash.of(value, this.seed));
    }

    void folded(String value) {
        long hash = ValueHash.of(value, this.seed);
        this.distinct.add(hash);
        if (value.length() <= ValueHash.MAX_LENGTH) {
            this.frequent.add(value, hash);
        }
    }

    long distinct() {
        return this.distinct.estimate();
    }

    FrequentValues frequent() {
        return this.frequent;
    }

}
