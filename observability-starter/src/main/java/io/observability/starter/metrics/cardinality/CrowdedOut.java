package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.Meter;

/**
 * Combinations of values for which a meter had no room, though each of their values has
 * its place. Bounded. Thread-safe.
 */
final class CrowdedOut {

    private final FrequentValues<Meter.Id> frequent = new FrequentValues<>();

    private volatile Set<Meter.Id> expected = Set.of();

    void add(Meter.Id id) {
        this.frequent.add(id, id.hashCode());
    }

    List<FrequentValues.Frequent<Meter.Id>> top(int max) {
        return this.frequent.top(max);
    }

    /**
     * Keep the room that was made for some combinations, until the next call.
     * @param ids the combinations
     */
    void expect(Set<Meter.Id> ids) {
        this.expected = Set.copyOf(ids);
        this.frequent.age();
    }

    boolean leaveRoomFor(Meter.Id id, int room) {
        Set<Meter.Id> expected = this.expected;
        return room > expected.size() || expected.contains(id);
    }

}
