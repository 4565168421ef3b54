package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Finds the values that occur most, in bounded memory: Space-Saving (Metwally, Agrawal,
 * El Abbadi, 2005). A value that is more than 1/128 of all is among those that are
 * watched, and its count less its error is never more than it really occurred, so that a
 * flood of values that occur once makes none of them look frequent. Never blocks: of
 * callers that come at the same moment one is noted and the others are not, which is the
 * same for all values. Thread-safe.
 *
 * @param <T> what a value is
 */
final class FrequentValues<T> {

    private static final int SLOTS = 128;

    private final ReentrantLock lock = new ReentrantLock();

    private final long[] hashes = new long[SLOTS];

    private final List<@Nullable T> values = new ArrayList<>(Collections.nCopies(SLOTS, null));

    private final long[] counts = new long[SLOTS];

    private final long[] errors = new long[SLOTS];

    private int size;

    void add(T value, long hash) {
        if (!this.lock.tryLock()) {
            return;
        }
        try {
            note(value, hash);
        }
        finally {
            this.lock.unlock();
        }
    }

    private void note(T value, long hash) {
        int least = 0;
        for (int i = 0; i < this.size; i++) {
            if (this.hashes[i] == hash && value.equals(this.values.get(i))) {
                this.counts[i]++;
                return;
            }
            if (this.counts[i] < this.counts[least]) {
                least = i;
            }
        }
        int slot = (this.size < SLOTS) ? this.size++ : least;
        long inherited = (this.values.get(slot) != null) ? this.counts[slot] : 0;
        this.hashes[slot] = hash;
        this.values.set(slot, value);
        this.counts[slot] = inherited + 1;
        this.errors[slot] = inherited;
    }

    /**
     * The values that certainly occurred most.
     * @param max how many at most
     * @return the values, the most frequent first
     */
    List<Frequent<T>> top(int max) {
        this.lock.lock();
        try {
            List<Frequent<T>> found = new ArrayList<>();
            for (int i = 0; i < this.size; i++) {
                T value = this.values.get(i);
                if (value != null) {
                    found.add(new Frequent<>(value, this.counts[i] - this.errors[i]));
                }
            }
            found.sort(Comparator.comparingLong((Frequent<T> one) -> one.atLeast()).reversed());
            return List.copyOf(found.subList(0, Math.min(max, found.size())));
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Let what was count half as much as what is, and forget what has become nothing.
     */
    void age() {
        this.lock.lock();
        try {
            int kept = 0;
            for (int i = 0; i < this.size; i++) {
                if (this.counts[i] > 1) {
                    this.hashes[kept] = this.hashes[i];
                    this.values.set(kept, this.values.get(i));
                    this.errors[kept] = this.errors[i] / 2;
                    this.counts[kept++] = this.counts[i] / 2;
                }
            }
            Collections.fill(this.values.subList(kept, this.size), null);
            this.size = kept;
        }
        finally {
            this.lock.unlock();
        }
    }

    void forget(T value) {
        this.lock.lock();
        try {
            for (int i = 0; i < this.size; i++) {
                if (value.equals(this.values.get(i))) {
                    this.counts[i] = 0;
                    this.errors[i] = 0;
                    return;
                }
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * A value and how often it occurred at least.
     *
     * @param <T> what a value is
     * @param value the value
     * @param atLeast its count less what it may owe to values before it
     */
    record Frequent<T>(T value, long atLeast) {

    }

}
