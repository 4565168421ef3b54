package io.observability.starter.pipeline.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.MeterPass;
import io.observability.starter.pipeline.PipelineMetric;
import io.observability.starter.pipeline.PipelineSource;

/**
 * The ledger as metrics, read when they are scraped. What has a path when the meters are
 * bound has its series from the start.
 *
 * @since 0.1.0
 */
public final class PipelineMeters implements MeterBinder {

    private final Supplier<List<LedgerEntry>> entries;

    PipelineMeters(Supplier<List<PipelineSource>> sources) {
        this.entries = MeterPass
            .once(() -> sources.get().stream().flatMap((source) -> source.entries().stream()).toList());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Set<String> signals = new LinkedHashSet<>();
        entries().map(Path::of).distinct().toList().forEach((path) -> {
            signals.add(path.signal());
            bind(registry, path);
        });
        signals.forEach((signal) -> bindLosses(registry, signal));
    }

    private void bind(MeterRegistry registry, Path path) {
        counter(registry, PipelineMetric.MADE, path, LedgerEntry::made);
        counter(registry, PipelineMetric.WRITTEN, path, LedgerEntry::written);
        counter(registry, PipelineMetric.WRITTEN_BYTES, path, LedgerEntry::writtenBytes);
        gauge(registry, PipelineMetric.QUEUED, path, (meters) -> meters.sum(path, LedgerEntry::queued));
        gauge(registry, PipelineMetric.FILL_RATIO, path, (meters) -> meters.highest(path, LedgerEntry::fillRatio));
        gauge(registry, PipelineMetric.DESTINATION_UP, path,
                (meters) -> (meters.sum(path, (entry) -> (entry.problem() != null) ? 1 : 0) > 0) ? 0 : 1);
        FunctionTimer
            .builder(PipelineMetric.WRITE.meter(), this,
                    (meters) -> meters.sum(path, (entry) -> entry.writes().count()),
                    (meters) -> meters.sum(path, (entry) -> entry.writes().totalNanos()), TimeUnit.NANOSECONDS)
            .description(PipelineMetric.WRITE.help())
            .tags(path.tags())
            .register(registry);
        TimeGauge
            .builder(PipelineMetric.WRITE_MAX.meter(), this, TimeUnit.NANOSECONDS,
                    (meters) -> meters.highest(path, (entry) -> entry.writes().maxNanos()))
            .description(PipelineMetric.WRITE_MAX.help())
            .tags(path.tags())
            .register(registry);
    }

    private void bindLosses(MeterRegistry registry, String signal) {
        for (LossReason reason : LossReason.values()) {
            FunctionCounter.builder(PipelineMetric.LOST.meter(), this, (meters) -> meters.lost(signal, reason))
                .description(PipelineMetric.LOST.help())
                .tags("signal", signal, "reason", reason.id())
                .register(registry);
        }
    }

    private void counter(MeterRegistry registry, PipelineMetric metric, Path path, ToLongFunction<LedgerEntry> value) {
        FunctionCounter.builder(metric.meter(), this, (meters) -> meters.sum(path, value))
            .description(metric.help())
            .tags(path.tags())
            .register(registry);
    }

    private void gauge(MeterRegistry registry, PipelineMetric metric, Path path,
            ToDoubleFunction<PipelineMeters> value) {
        Gauge.builder(metric.meter(), this, value).description(metric.help()).tags(path.tags()).register(registry);
    }

    private long lost(String signal, LossReason reason) {
        return entries().filter((entry) -> entry.signal().equals(signal))
            .mapToLong((entry) -> Objects.requireNonNullElse(entry.lost().get(reason), 0L))
            .sum();
    }

    private long sum(Path path, ToLongFunction<LedgerEntry> value) {
        return entries().filter((entry) -> Path.of(entry).equals(path)).mapToLong(value).sum();
    }

    private double highest(Path path, ToDoubleFunction<LedgerEntry> value) {
        return entries().filter((entry) -> Path.of(entry).equals(path)).mapToDouble(value).max().orElse(0);
    }

    private Stream<LedgerEntry> entries() {
        return this.entries.get().stream();
    }

    private record Path(String signal, String destination) {

        static Path of(LedgerEntry entry) {
            return new Path(entry.signal(), entry.destination());
        }

        Tags tags() {
            return Tags.of("signal", this.signal, "destination", this.destination);
        }

    }

}
