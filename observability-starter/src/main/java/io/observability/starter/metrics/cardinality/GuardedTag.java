package io.observability.starter.metrics.cardinality;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The values of one tag of one meter: which of them have series of their own, and what
 * the others become. Asking for a value that has its own allocates nothing and takes no
 * lock. Thread-safe.
 */
final class GuardedTag {

    private final String key;

    private final String rule;

    private final int limit;

    private final OverflowAction action;

    private final Runnable onHalfFull;

    private final Substitutes substitutes;

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private final TagOverflow overflow = new TagOverflow(this.kept);

    // What series of folded values hold: it is in nobody's way.
    private final Kept unbounded = new Kept(FoldedValue.OTHER);

    private volatile boolean full;

    // Of whoever reviews the tag, one at a time.
    private boolean reviewed;

    GuardedTag(String key, String rule, int limit, OverflowAction action) {
        this(key, rule, limit, action, () -> {
        });
    }

    /**
     * Create a tag.
     * @param key its key
     * @param rule the rule that holds for it
     * @param limit how many values have series of their own
     * @param action what becomes of the others
     * @param onHalfFull run with each value that comes once there are half as many: some
     * of them may have to be given back before the last place is taken
     */
    GuardedTag(String key, String rule, int limit, OverflowAction action, Runnable onHalfFull) {
        this.onHalfFull = onHalfFull;
        this.key = key;
        this.rule = rule;
        this.limit = limit;
        this.action = action;
        this.substitutes = new Substitutes(action, limit);
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

    Substitutes substitutes() {
        return this.substitutes;
    }

    /**
     * Whether a value has, or gets now, series of its own, or is one that others were
     * folded into.
     * @param value the value
     * @return whether it stays as it is
     */
    boolean admits(String value) {
        return this.kept.containsKey(value) || (!this.full && admit(value)) || this.substitutes.contains(value);
    }

    private boolean admit(String value) {
        if (value.length() > ValueHash.MAX_LENGTH || this.substitutes.contains(value)) {
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
        this.overflow.kept(value);
        if (2 * this.kept.size() >= this.limit) {
            this.onHalfFull.run();
        }
        return entry;
    }

    /**
     * Note that a value was folded.
     * @param value the value
     * @return whether it is the first one
     */
    boolean note(String value) {
        return this.overflow.note(value);
    }

    /**
     * A series with a value has come.
     * @param value the value
     * @return the place of the value, which the series holds until it is gone, or
     * {@code null} if it may not stay
     */
    @Nullable Kept seriesCame(String value) {
        if (this.substitutes.contains(value)) {
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
        this.overflow.promoted(hot);
        return true;
    }

    /**
     * Give back the places that were taken for series which have not come since the last
     * call, such as those of a meter that a filter refuses.
     */
    void releaseUnused() {
        synchronized (this.kept) {
            this.kept.values().removeIf(Kept::isUnusedStill);
            this.full = this.kept.size() >= this.limit;
        }
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

    TagOverflow overflow() {
        return this.overflow;
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

        private boolean unused;

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

        private boolean isUnusedStill() {
            boolean before = this.unused;
            this.unused = this.series == 0;
            this.current = !(before && this.unused);
            return !this.current;
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
