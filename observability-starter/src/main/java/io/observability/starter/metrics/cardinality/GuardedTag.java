package io.observability.starter.metrics.cardinality;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * The values of one tag of one meter: which of them have series of their own, and what
 * the others become. Asking for a value that has its own allocates nothing and takes no
 * lock. Thread-safe.
 */
final class GuardedTag {

    /** Different beginnings that {@code prefix} makes, where the limit is lower. */
    private static final int LEAST_PREFIXES = 100;

    private final String key;

    private final String rule;

    private final int limit;

    private final OverflowAction action;

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private final Set<String> prefixes = ConcurrentHashMap.newKeySet();

    // What series of folded values hold: it is in nobody's way.
    private final Kept unbounded = new Kept(FoldedValue.OTHER);

    private final LongAdder folded = new LongAdder();

    private final LongAdder moved = new LongAdder();

    private final AtomicBoolean told = new AtomicBoolean();

    private volatile boolean full;

    private volatile @Nullable SeenValues overflow;

    // Of whoever reviews the tag, one at a time.
    private boolean reviewed;

    GuardedTag(String key, String rule, int limit, OverflowAction action) {
        this.key = key;
        this.rule = rule;
        this.limit = limit;
        this.action = action;
        this.full = limit == 0;
    }

    String key() {
        return this.key;
    }

    String rule() {
        return this.rule;
    }

    int limit() {
        return this.limit;
    }

    OverflowAction action() {
        return this.action;
    }

    /**
     * Whether a value has, or gets now, series of its own, or is one that others were
     * folded into.
     * @param value the value
     * @return whether it stays as it is
     */
    boolean admits(String value) {
        return this.kept.containsKey(value) || (!this.full && admit(value)) || isFoldedValue(value);
    }

    private boolean admit(String value) {
        if (value.length() > ValueHash.MAX_LENGTH || isFoldedValue(value)) {
            return false;
        }
        synchronized (this.kept) {
            return this.kept.containsKey(value) || addIfRoom(value) != null;
        }
    }

    private @Nullable Kept addIfRoom(String value) {
        if (this.kept.size() >= this.limit) {
            return null;
        }
        Kept entry = new Kept(value);
        this.kept.put(value, entry);
        this.full = this.kept.size() >= this.limit;
        SeenValues seen = this.overflow;
        if (seen != null) {
            seen.kept(value);
        }
        return entry;
    }

    private boolean isFoldedValue(String value) {
        return value.equals(FoldedValue.OTHER) || switch (this.action.kind()) {
            case HASH -> isBucket(value);
            case PREFIX -> this.prefixes.contains(value);
            default -> false;
        };
    }

    private boolean isBucket(String value) {
        if (!value.startsWith(FoldedValue.BUCKET)) {
            return false;
        }
        int number = 0;
        for (int i = FoldedValue.BUCKET.length(); i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9' || number >= this.action.size()) {
                return false;
            }
            number = number * 10 + (c - '0');
        }
        return number < this.action.size();
    }

    /**
     * Note that a value was folded.
     * @param value the value
     * @return whether it is the first one
     */
    boolean note(String value) {
        this.folded.increment();
        SeenValues seen = this.overflow;
        if (seen == null) {
            seen = begin();
        }
        seen.folded(value);
        return !this.told.get() && this.told.compareAndSet(false, true);
    }

    private SeenValues begin() {
        synchronized (this.kept) {
            SeenValues seen = this.overflow;
            if (seen == null) {
                seen = new SeenValues(System.nanoTime());
                for (String value : this.kept.keySet()) {
                    seen.kept(value);
                }
                this.overflow = seen;
            }
            return seen;
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

    /**
     * What a value that is not admitted becomes.
     * @param value the value
     * @return the value to show, or {@code null} to leave the tag off
     */
    @Nullable String substitute(String value) {
        return switch (this.action.kind()) {
            case KEEP_MOST_FREQUENT, OTHER -> FoldedValue.OTHER;
            case HASH -> FoldedValue.bucket(value, this.action.size());
            case PREFIX -> prefix(FoldedValue.prefix(value, this.action.size()));
            case DROP -> null;
        };
    }

    private String prefix(String beginning) {
        if (this.prefixes.contains(beginning)) {
            return beginning;
        }
        synchronized (this.kept) {
            if (this.prefixes.size() < Math.max(this.limit, LEAST_PREFIXES)) {
                this.prefixes.add(beginning);
                return beginning;
            }
        }
        return FoldedValue.OTHER;
    }

    /**
     * A series with a value has come.
     * @param value the value
     * @return the place of the value, which the series holds until it is gone, or
     * {@code null} if it may not stay
     */
    @Nullable Kept seriesCame(String value) {
        if (isFoldedValue(value)) {
            return this.unbounded;
        }
        synchronized (this.kept) {
            Kept entry = this.kept.get(value);
            if (entry == null && value.length() <= ValueHash.MAX_LENGTH) {
                entry = addIfRoom(value);
            }
            if (entry != null) {
                entry.series++;
            }
            return entry;
        }
    }

    /**
     * Give a value series of its own in place of another one.
     * @param cold the value that has them no longer
     * @param hot the value that has them now
     * @param heat how often that one occurs
     * @return whether it was done
     */
    boolean replace(String cold, String hot, double heat) {
        synchronized (this.kept) {
            Kept before = this.kept.containsKey(hot) ? null : this.kept.remove(cold);
            if (before == null) {
                return false;
            }
            before.current = false;
            Kept entry = new Kept(hot);
            entry.heat = heat;
            this.kept.put(hot, entry);
        }
        SeenValues seen = this.overflow;
        if (seen != null) {
            seen.frequent().forget(hot);
        }
        return true;
    }

    boolean isKept(String value) {
        return this.kept.containsKey(value);
    }

    @Nullable Kept kept(String value) {
        return this.kept.get(value);
    }

    Collection<Kept> kept() {
        return this.kept.values();
    }

    int keptCount() {
        return this.kept.size();
    }

    long folded() {
        return this.folded.sum() + this.moved.sum();
    }

    boolean overflowed() {
        return this.overflow != null;
    }

    /**
     * How many different values there are.
     * @return the number, exact as long as none was folded
     */
    long distinct() {
        SeenValues seen = this.overflow;
        return (seen != null) ? Math.max(seen.distinct(), this.kept.size()) : this.kept.size();
    }

    List<FrequentValues.Frequent> mostFolded(int max) {
        SeenValues seen = this.overflow;
        return (seen != null) ? seen.frequent().top(max) : List.of();
    }

    List<FrequentValues.Frequent> foldedExamples(int max) {
        SeenValues seen = this.overflow;
        return (seen != null) ? seen.examples(max) : List.of();
    }

    /**
     * Whether this is the first review.
     * @return {@code true} once
     */
    boolean beginsReview() {
        boolean first = !this.reviewed;
        this.reviewed = true;
        return first;
    }

    void age() {
        SeenValues seen = this.overflow;
        if (seen != null) {
            seen.age();
        }
    }

    List<String> keptValues(int max) {
        record Warm(String value, double heat) {

        }
        return this.kept.values()
            .stream()
            .map((entry) -> new Warm(entry.value, entry.heat))
            .sorted(Comparator.comparingDouble(Warm::heat).reversed())
            .limit(max)
            .map(Warm::value)
            .toList();
    }

    /**
     * The place of a value with series of its own.
     */
    final class Kept {

        private final String value;

        // Guarded by the lock of the tag.
        private int series;

        private volatile boolean current = true;

        // Written by whoever reviews the tag; others only show it.
        private volatile double heat;

        private double growth;

        Kept(String value) {
            this.value = value;
        }

        String value() {
            return this.value;
        }

        boolean isCurrent() {
            return this.current;
        }

        /** The last series that is gone makes room for another value. */
        void seriesGone() {
            GuardedTag tag = GuardedTag.this;
            synchronized (tag.kept) {
                if (--this.series <= 0 && tag.kept.remove(this.value, this)) {
                    this.current = false;
                    tag.full = tag.kept.size() >= tag.limit;
                }
            }
        }

        double heat() {
            return this.heat;
        }

        void grew(double events) {
            this.growth += events;
        }

        void age() {
            this.heat = this.heat / 2 + this.growth;
            this.growth = 0;
        }

        void cool() {
            this.heat = 0;
        }

    }

}
