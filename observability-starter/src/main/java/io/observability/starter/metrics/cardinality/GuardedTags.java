package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;

/**
 * The tags of one meter by their keys, each with the rule that holds for it. Thread-safe.
 */
final class GuardedTags {

    /** More keys than this are no keys but values. */
    private static final int MAX_KEYS = 32;

    private final CardinalityLimits limits;

    private final Runnable onHalfFull;

    private final List<String> names;

    private final Map<String, GuardedTag> byKey = new ConcurrentHashMap<>();

    private final GuardedTag tooMany = new GuardedTag(FoldedValue.OTHER, "at most " + MAX_KEYS + " keys", 0,
            new OverflowAction(OverflowAction.Kind.DROP, 0));

    GuardedTags(Meter.Id id, CardinalityLimits limits, Runnable onHalfFull) {
        this.limits = limits;
        this.onHalfFull = onHalfFull;
        this.names = NameGlob.namesOf(id);
    }

    GuardedTag get(String key) {
        GuardedTag tag = this.byKey.get(key);
        return (tag != null) ? tag : add(key);
    }

    private synchronized GuardedTag add(String key) {
        GuardedTag tag = this.byKey.get(key);
        if (tag != null) {
            return tag;
        }
        if (this.byKey.size() >= MAX_KEYS || key.length() > ValueHash.MAX_LENGTH) {
            return this.tooMany;
        }
        tag = make(key);
        this.byKey.put(key, tag);
        return tag;
    }

    private GuardedTag make(String key) {
        List<String> keys = NameGlob.namesOfTag(key);
        for (CardinalityRule rule : this.limits.rules()) {
            if (NameGlob.matchesAny(rule.meter(), this.names) && NameGlob.matchesAny(rule.tag(), keys)) {
                Integer limit = rule.limit();
                return new GuardedTag(key, rule.toString(), (limit != null) ? limit : this.limits.limit(),
                        rule.action(), this.onHalfFull);
            }
        }
        return new GuardedTag(key, CardinalityRule.GENERAL, this.limits.limit(), OverflowAction.KEEP_MOST_FREQUENT,
                this.onHalfFull);
    }

    /**
     * Whether a tag stands for the keys that are too many. Those are left off, whatever
     * their values are.
     * @param tag the tag
     * @return whether it does
     */
    boolean isTooMany(GuardedTag tag) {
        return tag.equals(this.tooMany);
    }

    List<GuardedTag> all() {
        List<GuardedTag> all = new ArrayList<>(this.byKey.values());
        if (this.tooMany.overflow().hasBegun()) {
            all.add(this.tooMany);
        }
        return all;
    }

}
