package io.observability.starter.metrics.histogram;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.ExemplarsProperties;
import io.prometheus.metrics.config.PrometheusPropertiesLoader;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's Prometheus registry with meters of its own for most: a
 * {@link HistogramTimer} records at a fifth of the cost and can have native buckets,
 * which Micrometer's cannot. Counters and gauges are scraped at a third of the cost. What
 * has exemplars takes them without a thread. Timers and summaries that have no buckets,
 * or for which the user asked for percentiles, stay Micrometer's and have none. All of
 * them are meters like all others, so filters, common tags, composites and removal work
 * as ever. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HistogramMeterRegistry extends PrometheusMeterRegistry {

    /** A counter has one exemplar, whatever was added. */
    private static final double[] ONE_RANGE = { Double.POSITIVE_INFINITY };

    /** Native buckets are too many for an exemplar each. */
    private static final double[] RANGES_WITHOUT_BUCKETS = { 0.01, 0.1, 1, Double.POSITIVE_INFINITY };

    /** Ends the name of the gauge that Micrometer adds to a timer or summary. */
    private static final String MAXIMUM = "_max";

    private final boolean descriptions;

    private final Set<String> meters;

    private final HistogramKind kind;

    private final @Nullable ExemplarSampling sampling;

    private final Map<HistogramLayout, HistogramLayout> layouts = new ConcurrentHashMap<>();

    private final HistogramFamilies histograms;

    private final ValueFamilies values;

    /**
     * Create a registry.
     * @param config configuration
     * @param prometheus where a scrape looks
     * @param clock clock
     * @param spanContext where exemplars get their trace from, or {@code null} for none
     * @param meters names of the timers that are histograms of a kind, and have no
     * windowed maximum
     * @param kind which buckets those timers have
     */
    public HistogramMeterRegistry(PrometheusConfig config, PrometheusRegistry prometheus, Clock clock,
            @Nullable SpanContext spanContext, Set<String> meters, HistogramKind kind) {
        // Micrometer's meters get no trace: with one, each would start the client's
        // thread.
        super(config, prometheus, clock);
        this.histograms = new HistogramFamilies(prometheus);
        this.values = new ValueFamilies(prometheus);
        this.descriptions = config.descriptions();
        this.meters = Set.copyOf(meters);
        this.kind = kind;
        this.sampling = (spanContext != null) ? new ExemplarSampling(exemplarSettings(config), spanContext, clock)
                : null;
        config().onMeterRemoved((meter) -> forget(meter.getId()));
    }

    private static ExemplarsProperties exemplarSettings(PrometheusConfig config) {
        Properties set = config.prometheusProperties();
        return ((set != null) ? PrometheusPropertiesLoader.load(set) : PrometheusPropertiesLoader.load())
            .getExemplarProperties();
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
        boolean chosen = this.meters.contains(id.getName());
        if (!isHistogram(id, config, chosen)) {
            return micrometers(id, () -> super.newTimer(id, config, pauseDetector),
                    () -> new CumulativeTimer(id, this.clock, config, pauseDetector, getBaseTimeUnit()));
        }
        HistogramLayout layout = layout(config, chosen ? this.kind : HistogramKind.CLASSIC);
        TimeWindowMax recent = chosen ? null : new TimeWindowMax(this.clock, config);
        HistogramTimer timer = new HistogramTimer(id, this.clock, pauseDetector, layout, recent, labels(id),
                exemplars(layout.hasClassic() ? layout.seconds() : RANGES_WITHOUT_BUCKETS));
        addHistogram(id, timer::dataPoint);
        if (recent != null) {
            addMaximum(timer, (each) -> each.max(TimeUnit.SECONDS));
        }
        return timer;
    }

    @Override
    public DistributionSummary newDistributionSummary(Meter.Id id, DistributionStatisticConfig config, double scale) {
        if (!isHistogram(id, config, false)) {
            return micrometers(id, () -> super.newDistributionSummary(id, config, scale),
                    () -> new CumulativeDistributionSummary(id, this.clock, config, scale, false));
        }
        double[] bounds = HistogramSummary.bounds(config.getHistogramBuckets(true));
        HistogramSummary summary = new HistogramSummary(id, scale, bounds, new TimeWindowMax(this.clock, config),
                labels(id), exemplars(bounds), this.clock.wallTime());
        addHistogram(id, summary::dataPoint);
        addMaximum(summary, HistogramSummary::max);
        return summary;
    }

    // One whose other series are histograms of ours is one as well: Prometheus takes no
    // family of two types.
    private boolean isHistogram(Meter.Id id, DistributionStatisticConfig config, boolean chosen) {
        String name = getConventionName(id);
        boolean wanted = chosen || !config.getHistogramBuckets(true).isEmpty();
        return this.histograms.accepts(name, id) || (wanted && !config.isPublishingPercentiles()
                && !this.histograms.has(name) && !this.values.has(name));
    }

    private void addHistogram(Meter.Id id, Supplier<HistogramDataPointSnapshot> dataPoint) {
        String name = getConventionName(id);
        this.histograms.add(name, id, dataPoint, () -> metadata(name, id));
    }

    private <M extends Meter> void addMaximum(M meter, ToDoubleFunction<M> now) {
        Meter.Id id = maximum(meter.getId());
        Runnable micrometers = () -> super.newGauge(id, meter, now);
        if (!add(id.getName(), id, labels(meter.getId()), () -> now.applyAsDouble(meter),
                HistogramMeterRegistry::noExemplar, micrometers)) {
            micrometers.run();
        }
    }

    // What is shown beside a timer is no meter of the registry.
    private Meter.Id maximum(Meter.Id id) {
        return new Meter.Id(getConventionName(id) + MAXIMUM, Tags.of(id.getTagsAsIterable()), null, id.getDescription(),
                Meter.Type.GAUGE);
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T obj, ToDoubleFunction<T> valueFunction) {
        // The name makes it an information, which is no gauge.
        Gauge gauge = new DefaultGauge<>(id, obj, valueFunction);
        if (id.getName().endsWith(".info")) {
            return micrometers(id, () -> super.newGauge(id, obj, valueFunction), () -> gauge);
        }
        boolean added = add(id, gauge::value, HistogramMeterRegistry::noExemplar,
                () -> super.newGauge(id, obj, valueFunction));
        return added ? gauge : super.newGauge(id, obj, valueFunction);
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T obj, ToDoubleFunction<T> countFunction) {
        FunctionCounter counter = new CumulativeFunctionCounter<>(id, obj, countFunction);
        boolean added = add(id, counter::count, HistogramMeterRegistry::noExemplar,
                () -> super.newFunctionCounter(id, obj, countFunction));
        return added ? counter : super.newFunctionCounter(id, obj, countFunction);
    }

    @Override
    public Counter newCounter(Meter.Id id) {
        ExemplarCounter counter = new ExemplarCounter(id, exemplars(ONE_RANGE));
        // Whoever counts goes on with this one, so Micrometer's has to read it.
        boolean added = add(id, counter::count, counter::exemplar,
                () -> super.newFunctionCounter(id, counter, Counter::count));
        return added ? counter : super.newCounter(id);
    }

    @Override
    protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig config) {
        return micrometers(id, () -> super.newLongTaskTimer(id, config),
                () -> new DefaultLongTaskTimer(id, this.clock, getBaseTimeUnit(), config, false));
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(Meter.Id id, T obj, ToLongFunction<T> countFunction,
            ToDoubleFunction<T> totalTimeFunction, TimeUnit totalTimeFunctionUnit) {
        return micrometers(id,
                () -> super.newFunctionTimer(id, obj, countFunction, totalTimeFunction, totalTimeFunctionUnit),
                () -> new CumulativeFunctionTimer<>(id, obj, countFunction, totalTimeFunction, totalTimeFunctionUnit,
                        getBaseTimeUnit()));
    }

    @Override
    protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        return micrometers(id, () -> super.newMeter(id, type, measurements),
                () -> new DefaultMeter(id, type, measurements));
    }

    private <M extends Meter> M micrometers(Meter.Id id, Supplier<M> shown, Supplier<M> hidden) {
        String name = getConventionName(id);
        if (isRefused(name, id)) {
            return hidden.get();
        }
        this.values.leave(name);
        return shown.get();
    }

    // As Micrometer does where two meters would have one name on a scrape: the first is
    // shown, the other counts unseen.
    private boolean isRefused(String name, Meter.Id id) {
        boolean taken = this.histograms.has(name);
        if (taken) {
            meterRegistrationFailed(id, "there is a histogram of the same Prometheus name, " + name);
        }
        return taken;
    }

    private boolean add(Meter.Id id, DoubleSupplier now, Supplier<@Nullable Exemplar> exemplar, Runnable giveBack) {
        return add(getConventionName(id), id, labels(id), now, exemplar, giveBack);
    }

    private boolean add(String name, Meter.Id id, Labels labels, DoubleSupplier now,
            Supplier<@Nullable Exemplar> exemplar, Runnable giveBack) {
        if (isRefused(name, id)) {
            return true;
        }
        ValueFamily.Value value = new ValueFamily.Value(id, labels, now, exemplar, this.clock.wallTime(), giveBack);
        return this.values.add(name, value, () -> metadata(name, id));
    }

    private static @Nullable Exemplar noExemplar() {
        return null;
    }

    // Nearly all series of a service have the same.
    private HistogramLayout layout(DistributionStatisticConfig config, HistogramKind buckets) {
        HistogramLayout layout = new HistogramLayout(
                buckets.hasClassic() ? config.getHistogramBuckets(true) : List.of(), buckets.hasNative());
        HistogramLayout known = this.layouts.putIfAbsent(layout, layout);
        return (known != null) ? known : layout;
    }

    private MetricMetadata metadata(String name, Meter.Id id) {
        String description = this.descriptions ? id.getDescription() : null;
        return new MetricMetadata(name, (description != null) ? description : " ");
    }

    private void forget(Meter.Id id) {
        String name = getConventionName(id);
        this.values.remove(name, id);
        if (this.histograms.remove(name, id)) {
            Meter.Id maximum = maximum(id);
            this.values.remove(maximum.getName(), maximum);
        }
    }

    private Labels labels(Meter.Id id) {
        List<Tag> tags = getConventionTags(id);
        String[] names = new String[tags.size()];
        String[] values = new String[tags.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = tags.get(i).getKey();
            values[i] = tags.get(i).getValue();
        }
        return Labels.of(names, values);
    }

    private @Nullable SeriesExemplars exemplars(double[] bounds) {
        return (this.sampling != null) ? new SeriesExemplars(this.sampling, bounds) : null;
    }

}
