package io.observability.starter.metrics.cardinality;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.AllocatedBytes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the guard allocates on the path of a look-up, beside what Micrometer does.
 */
class GuardAllocationTests {

    /**
     * The id with the folded value and its tags, 112, and up to six iterators that the
     * compiler does not always remove.
     */
    private static final long BYTES_PER_FOLD = 256;

    @Test
    void aKnownValueAllocatesNothingInTheGuard() {
        Meter.Id id = id("known");
        MeterRegistry plain = new SimpleMeterRegistry();
        MeterRegistry guarded = guarded(10);
        long without = AllocatedBytes.perRun(() -> plain.counter("orders", id.getTagsAsIterable()).increment());
        long with = AllocatedBytes.perRun(() -> guarded.counter("orders", id.getTagsAsIterable()).increment());
        assertThat(with).isEqualTo(without);
    }

    @Test
    void aKnownSeriesUnderAnotherIdAllocatesNothingInTheFilter() {
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(10, 2000, 2000, List.of()));
        MeterRegistry registry = new SimpleMeterRegistry();
        guard.install(registry);
        registry.counter("orders", "user", "known");
        GuardFilter filter = new GuardFilter(registry, guard);
        Meter.Id id = id("known");
        assertThat(filter.map(id)).isSameAs(id);
        assertThat(AllocatedBytes.perRun(() -> filter.map(id))).isZero();
    }

    @Test
    void aFoldedValueAllocatesItsNewIdAndLittleElse() {
        Meter.Id[] ids = new Meter.Id[512];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id("user-" + i);
        }
        CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(1, 2000, 2000, List.of()));
        MeterRegistry registry = new SimpleMeterRegistry();
        guard.install(registry);
        registry.counter("orders", "user", "known");
        registry.counter("orders", "user", "other");
        GuardFilter filter = new GuardFilter(registry, guard);
        int[] next = new int[1];
        assertThat(AllocatedBytes.perRun(() -> filter.map(ids[next[0]++ & 511]))).isLessThanOrEqualTo(BYTES_PER_FOLD);
    }

    private static Meter.Id id(String user) {
        return new Meter.Id("orders", Tags.of("user", user), null, null, Meter.Type.COUNTER);
    }

    private static MeterRegistry guarded(int limit) {
        MeterRegistry registry = new SimpleMeterRegistry();
        new CardinalityGuard(new CardinalityLimits(limit, 2000, 2000, List.of())).install(registry);
        return registry;
    }

}
