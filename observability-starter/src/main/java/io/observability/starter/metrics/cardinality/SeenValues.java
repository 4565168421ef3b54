package io.observability.starter.metrics.cardinality;

import java.util.List;

import io.observability.starter.metrics.cardinality.FrequentValues.Frequent;

/**
 * What is known of the values of a tag that has too many of them: how many there are, and
 * which of those without series occur most. Bounded, whatever the values are.
 * Thread-safe.
 */
final class SeenValues {

    private static final int EXAMPLES = 5;

    private final long seed;

    private final DistinctValues distinct = new DistinctValues();

    private final FrequentValues<String> frequent = new FrequentValues<>();

    private volatile List<Frequent<String>> last = List.of();

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

    /**
     * Some folded values, those that occur most; after a time without any, those of the
     * time before.
     * @param max how many at most
     * @return the values
     */
    List<Frequent<String>> examples(int max) {
        List<Frequent<String>> now = this.frequent.top(max);
        List<Frequent<String>> shown = now.isEmpty() ? this.last : now;
        return shown.subList(0, Math.min(max, shown.size()));
    }

    void age() {
        List<Frequent<String>> now = this.frequent.top(EXAMPLES);
        if (!now.isEmpty()) {
            this.last = now;
        }
        this.frequent.age();
    }

    FrequentValues<String> frequent() {
        return this.frequent;
    }

}
