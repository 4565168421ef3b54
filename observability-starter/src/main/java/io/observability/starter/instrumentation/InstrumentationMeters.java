package io.observability.starter.instrumentation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.pipeline.Completeness;
import io.observability.starter.pipeline.CompletenessSource;
import io.observability.starter.pipeline.MeterPass;

/**
 * The shares as gauges, one for each thing that somebody counts when the meters are
 * bound. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InstrumentationMeters implements MeterBinder {

    private final Supplier<List<Completeness>> counts;

    private final Duration window;

    private final LongSupplier nanoTime;

    private final Map<Key, SlidingShare> shares = new ConcurrentHashMap<>();

    /**
     * Create the meters.
     * @param sources who counts
     * @param window over which time a share is
     * @param nanoTime the time in nanoseconds, of any origin
     */
    public InstrumentationMeters(Supplier<List<CompletenessSource>> sources, Duration window, LongSupplier nanoTime) {
        this.counts = MeterPass
            .once(() -> sources.get().stream().flatMap((source) -> source.completeness().stream()).toList());
        this.window = window;
        this.nanoTime = nanoTime;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        this.counts.get().stream().map(Key::of).forEach((key) -> {
            this.shares.computeIfAbsent(key, (any) -> new SlidingShare(this.window, this.nanoTime.getAsLong()));
            bind(registry, key);
        });
    }

    private void bind(MeterRegistry registry, Key key) {
        switch (key.aspect()) {
            case REQUEST_SPAN ->
                gauge(InstrumentationMetric.REQUESTS_WITH_SPAN, (meters) -> meters.share(key)).register(registry);
            case LINE_TRACE_ID ->
                gauge(InstrumentationMetric.LOG_LINES_WITH_TRACE_ID, (meters) -> meters.share(key)).register(registry);
            case REQUIRED_FIELD -> gauge(InstrumentationMetric.REQUIRED_FIELD_EMPTY, (meters) -> 1 - meters.share(key))
                .tag("field", key.field())
                .register(registry);
        }
    }

    private Gauge.Builder<InstrumentationMeters> gauge(InstrumentationMetric metric,
            ToDoubleFunction<InstrumentationMeters> value) {
        return Gauge.builder(metric.meter(), this, value).description(metric.help());
    }

    private double share(Key key) {
        long expected = 0;
        long complete = 0;
        for (Completeness count : this.counts.get()) {
            if (count.aspect() == key.aspect() && count.field().equals(key.field())) {
                expected += count.expected();
                complete += count.complete();
            }
        }
        SlidingShare share = this.shares.get(key);
        return (share != null) ? share.at(this.nanoTime.getAsLong(), expected, complete) : Double.NaN;
    }

    private record Key(Completeness.Aspect aspect, String field) {

        static Key of(Completeness count) {
            return new Key(count.aspect(), count.field());
        }

    }

}
