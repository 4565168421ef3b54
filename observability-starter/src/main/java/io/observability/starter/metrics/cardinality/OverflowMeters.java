package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The counter of folded values, by meter and tag. A series comes with the first overflow
 * of its tag; above {@value #MAX_SERIES} of them all further tags share one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OverflowMeters implements MeterBinder, OverflowListener {

    /** Name of the family in a scrape. */
    public static final String FAMILY = "observability_cardinality_overflow_total";

    /** Name of the meter; it is in each metric set. */
    static final String METER = CardinalityGuard.OWN_METERS + "overflow";

    private static final int MAX_SERIES = 200;

    private final List<MeterRegistry> registries = new ArrayList<>();

    // Registries hold what a counter reads by a weak reference only.
    private final List<Overflow> overflows = new ArrayList<>();

    private final List<LongSupplier> further = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        this.registries.add(registry);
        this.overflows.forEach((overflow) -> register(registry, overflow));
    }

    @Override
    public synchronized void overflowed(String meter, TagCardinality tag) {
        if (this.overflows.size() < MAX_SERIES) {
            add(new Overflow(meter, tag.tag(), tag.foldedNow()));
            return;
        }
        this.further.add(tag.foldedNow());
        if (this.further.size() == 1) {
            add(new Overflow(FoldedValue.OTHER, FoldedValue.OTHER,
                    () -> this.further.stream().mapToLong(LongSupplier::getAsLong).sum()));
        }
    }

    private void add(Overflow overflow) {
        this.overflows.add(overflow);
        this.registries.forEach((registry) -> register(registry, overflow));
    }

    private static void register(MeterRegistry registry, Overflow overflow) {
        FunctionCounter.builder(METER, overflow, (counted) -> counted.folded().getAsLong())
            .description("Occurrences of values of tags that have no series of their own.")
            .tags("meter", overflow.meter(), "tag", overflow.tag())
            .register(registry);
    }

    private record Overflow(String meter, String tag, LongSupplier folded) {

    }

}
