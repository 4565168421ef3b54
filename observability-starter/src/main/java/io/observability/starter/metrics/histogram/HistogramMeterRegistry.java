package io.observability.starter.metrics.histogram;

import java.util.List;
import java.util.Map;
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
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.ExemplarsProperties;
import io.prometheus.metrics.config.PrometheusPropertiesLoader;
import io.prometheus.metrics.core.exemplars.ExemplarSampler;
import io.prometheus.metrics.core.exemplars.ExemplarSamplerConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's Prometheus registry with other timers for some meters: a
 * {@link HistogramTimer} records at a fifth of the cost and can have native buckets,
 * which Micrometer's cannot. Timers for which the user asked for percentiles stay
 * Micrometer's. Gauges, and counters that are functions, are scraped at a third of the
 * cost. All of them are meters like all others, so filters, common tags, composites and
 * removal work as ever. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HistogramMeterRegistry extends PrometheusMeterRegistry {

    /** As many as the Prometheus client keeps. */
    private static final int EXEMPLARS_WITHOUT_BUCKETS = 4;

    private final PrometheusRegistry prometheus;

    private final boolean descriptions;

    private final Set<String> meters;

    private final HistogramKind kind;

    private final @Nullable SpanContext spanContext;

    private final ExemplarsProperties exemplars;

    private final Map<HistogramLayout, HistogramLayout> layouts = new ConcurrentHashMap<>();

    private final Map<String, HistogramFamily> families = new ConcurrentHashMap<>();

    private final ValueFamilies values;

    /**
     * Create a registry.
     * @param config configuration
     * @param prometheus where a scrape looks
     * @param clock clock
     * @param spanContext where exemplars get their trace from, or {@code null} for none
     * @param meters names of the meters that get the other timer
     * @param kind which buckets those timers have
     */
    public HistogramMeterRegistry(PrometheusConfig config, PrometheusRegistry prometheus, Clock clock,
            @Nullable SpanContext spanContext, Set<String> meters, HistogramKind kind) {
        super(config, prometheus, clock, spanContext);
        this.prometheus = prometheus;
        this.values = new ValueFamilies(prometheus);
        this.descriptions = config.descriptions();
        this.meters = Set.copyOf(meters);
        this.kind = kind;
        this.spanContext = spanContext;
        this.exemplars = ((config.prometheusProperties() != null)
                ? PrometheusPropertiesLoader.load(config.prometheusProperties()) : PrometheusPropertiesLoader.load())
            .getExemplarProperties();
        config().onMeterRemoved((meter) -> forget(meter.getId()));
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
        if (!this.meters.contains(id.getName()) || config.isPublishingPercentiles()) {
            this.values.leave(getConventionName(id));
            return super.newTimer(id, config, pauseDetector);
        }
        this.values.leave(getConventionName(id));
        HistogramLayout layout = layout(config);
        HistogramTimer timer = new HistogramTimer(id, this.clock, pauseDetector, layout, labels(id), sampler(layout));
        this.families.compute(getConventionName(id), (name, existing) -> {
            HistogramFamily family = (existing != null) ? existing : newFamily(name, id);
            family.add(timer);
            return family;
        });
        return timer;
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T obj, ToDoubleFunction<T> valueFunction) {
        // The name makes it an information, which is no gauge.
        if (id.getName().endsWith(".info")) {
            return micrometers(id, () -> super.newGauge(id, obj, valueFunction));
        }
        Gauge gauge = new DefaultGauge<>(id, obj, valueFunction);
        boolean added = add(id, gauge::value, () -> super.newGauge(id, obj, valueFunction));
        return added ? gauge : super.newGauge(id, obj, valueFunction);
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T obj, ToDoubleFunction<T> countFunction) {
        FunctionCounter counter = new CumulativeFunctionCounter<>(id, obj, countFunction);
        boolean added = add(id, counter::count, () -> super.newFunctionCounter(id, obj, countFunction));
        return added ? counter : super.newFunctionCounter(id, obj, countFunction);
    }

    @Override
    public Counter newCounter(Meter.Id id) {
        return micrometers(id, () -> super.newCounter(id));
    }

    @Override
    public DistributionSummary newDistributionSummary(Meter.Id id, DistributionStatisticConfig config, double scale) {
        return micrometers(id, () -> super.newDistributionSummary(id, config, scale));
    }

    @Override
    protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig config) {
        return micrometers(id, () -> super.newLongTaskTimer(id, config));
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(Meter.Id id, T obj, ToLongFunction<T> countFunction,
            ToDoubleFunction<T> totalTimeFunction, TimeUnit totalTimeFunctionUnit) {
        return micrometers(id,
                () -> super.newFunctionTimer(id, obj, countFunction, totalTimeFunction, totalTimeFunctionUnit));
    }

    @Override
    protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        return micrometers(id, () -> super.newMeter(id, type, measurements));
    }

    private <M extends Meter> M micrometers(Meter.Id id, Supplier<M> meter) {
        this.values.leave(getConventionName(id));
        return meter.get();
    }

    private boolean add(Meter.Id id, DoubleSupplier now, Runnable giveBack) {
        String name = getConventionName(id);
        ValueFamily.Value value = new ValueFamily.Value(id, labels(id), now, this.clock.wallTime(), giveBack);
        return this.values.add(name, value, () -> metadata(name, id));
    }

    // Nearly all series of a service have the same.
    private HistogramLayout layout(DistributionStatisticConfig config) {
        HistogramLayout layout = new HistogramLayout(
                this.kind.hasClassic() ? config.getHistogramBuckets(true) : List.of(), this.kind.hasNative());
        HistogramLayout known = this.layouts.putIfAbsent(layout, layout);
        return (known != null) ? known : layout;
    }

    private HistogramFamily newFamily(String name, Meter.Id id) {
        HistogramFamily family = new HistogramFamily(metadata(name, id));
        this.prometheus.register(family);
        return family;
    }

    private MetricMetadata metadata(String name, Meter.Id id) {
        String description = this.descriptions ? id.getDescription() : null;
        return new MetricMetadata(name, (description != null) ? description : " ");
    }

    private void forget(Meter.Id id) {
        this.values.remove(getConventionName(id), id);
        this.families.computeIfPresent(getConventionName(id), (name, family) -> {
            family.remove(id);
            if (!family.isEmpty()) {
                return family;
            }
            this.prometheus.unregister(family);
            return null;
        });
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

    private @Nullable ExemplarSampler sampler(HistogramLayout layout) {
        if (this.spanContext == null) {
            return null;
        }
        ExemplarSamplerConfig config = layout.hasClassic() ? new ExemplarSamplerConfig(this.exemplars, layout.seconds())
                : new ExemplarSamplerConfig(this.exemplars, EXEMPLARS_WITHOUT_BUCKETS);
        return new ExemplarSampler(config, this.spanContext);
    }

}
