package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.observability.starter.metrics.cardinality.FrequentValues.Frequent;
import org.jspecify.annotations.Nullable;

/**
 * Account of the values of one tag that were folded. Nothing is watched, and nothing
 * allocated, before the first. Thread-safe.
 */
final class TagOverflow {

    private final Map<String, ?> kept;

    private final LongAdder folded = new LongAdder();

    private final LongAdder moved = new LongAdder();

    private final AtomicBoolean told = new AtomicBoolean();

    private volatile @Nullable SeenValues seen;

    /**
     * Create an account.
     * @param kept the values with series of their own, which is locked while it changes
     */
    TagOverflow(Map<String, ?> kept) {
        this.kept = kept;
    }

    /**
     * Note that a value was folded.
     * @param value the value
     * @return whether it is the first one
     */
    boolean note(String value) {
        this.folded.increment();
        SeenValues values = this.seen;
        if (values == null) {
            values = begin();
        }
        values.folded(value);
        return !this.told.get() && this.told.compareAndSet(false, true);
    }

    private SeenValues begin() {
        synchronized (this.kept) {
            SeenValues values = this.seen;
            if (values == null) {
                values = new SeenValues(System.nanoTime());
                this.kept.keySet().forEach(values::kept);
                this.seen = values;
            }
            return values;
        }
    }

    /**
     * A value got series of its own as the tag had room. Called with the lock held.
     * @param value the value
     */
    void kept(String value) {
        SeenValues values = this.seen;
        if (values != null) {
            values.kept(value);
        }
    }

    /**
     * A value got series of its own since it is frequent.
     * @param value the value
     */
    void promoted(String value) {
        SeenValues values = this.seen;
        if (values != null) {
            values.frequent().forget(value);
        }
    }

    /**
     * Events that were written to a series after it had ended are folded as well.
     * @param events how many
     */
    void addMoved(long events) {
        this.moved.add(events);
    }

    long moved() {
        return this.moved.sum();
    }

    long folded() {
        return this.folded.sum() + this.moved.sum();
    }

    boolean hasBegun() {
        return this.seen != null;
    }

    /**
     * How many different values there are.
     * @return the number, exact as long as none was folded
     */
    long distinct() {
        SeenValues values = this.seen;
        return (values != null) ? Math.max(values.distinct(), this.kept.size()) : this.kept.size();
    }

    List<Frequent<String>> most(int max) {
        SeenValues values = this.seen;
        return (values != null) ? values.frequent().top(max) : List.of();
    }

    List<Frequent<String>> examples(int max) {
        SeenValues values = this.seen;
        return (values != null) ? values.examples(max) : List.of();
    }

    void age() {
        SeenValues values = this.seen;
        if (values != null) {
            values.age();
        }
    }

}
