package io.observability.starter.metrics.cardinality;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

    private static final int WARM_UP = 20_000;

    private static final int LOOK_UPS = 10_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aKnownValueAllocatesNothingInTheGuard() {
        Meter.Id id = id("known");
        MeterRegistry plain = new SimpleMeterRegistry();
        MeterRegistry guarded = guarded(10);
        long without = bytes((i) -> plain.counter("orders", id.getTagsAsIterable()).increment());
        long with = bytes((i) -> guarded.counter("orders", id.getTagsAsIterable()).increment());
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
        assertThat(bytes((i) -> filter.map(id))).isZero();
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
        assertThat(bytes((i) -> filter.map(ids[i & 511]))).isLessThanOrEqualTo(BYTES_PER_FOLD);
    }

    private static Meter.Id id(String user) {
        return new Meter.Id("orders", Tags.of("user", user), null, null, Meter.Type.COUNTER);
    }

    private static MeterRegistry guarded(int limit) {
        MeterRegistry registry = new SimpleMeterRegistry();
        new CardinalityGuard(new CardinalityLimits(limit, 2000, 2000, List.of())).install(registry);
        return registry;
    }

    private static long bytes(IntConsumer lookUp) {
        run(lookUp, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run(lookUp, LOOK_UPS);
            long after = THREADS.getCurrentThreadAllocatedBytes();
            // A compiler thread may swap code under us and allocate on our account.
            least = Math.min(least, (after - before) / LOOK_UPS);
        }
        return least;
    }

    private static void run(IntConsumer lookUp, int times) {
        for (int i = 0; i < times; i++) {
            lookUp.accept(i);
        }
    }

}
