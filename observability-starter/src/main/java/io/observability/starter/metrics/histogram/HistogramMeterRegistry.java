package io.observability.starter.metrics.histogram;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
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
 * which Micrometer's cannot. They are meters like all others, so filters, common tags,
 * composites and removal work as ever. Timers for which the user asked for percentiles
 * stay Micrometer's. Thread-safe.
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
            return super.newTimer(id, config, pauseDetector);
        }
        HistogramLayout layout = layout(config);
        HistogramTimer timer = new HistogramTimer(id, this.clock, pauseDetector, layout, labels(id), sampler(layout));
        this.families.compute(getConventionName(id), (name, existing) -> {
            HistogramFamily family = (existing != null) ? existing : newFamily(name, id);
            family.add(timer);
            return family;
        });
        return timer;
    }

    // Nearly all series of a service have the same.
    private HistogramLayout layout(DistributionStatisticConfig config) {
        HistogramLayout layout = new HistogramLayout(
                this.kind.hasClassic() ? config.getHistogramBuckets(true) : List.of(), this.kind.hasNative());
        HistogramLayout known = this.layouts.putIfAbsent(layout, layout);
        return (known != null) ? known : layout;
    }

    private HistogramFamily newFamily(String name, Meter.Id id) {
        String description = this.descriptions ? id.getDescription() : null;
        HistogramFamily family = new HistogramFamily(
                new MetricMetadata(name, (description != null) ? description : " "));
        this.prometheus.register(family);
        return family;
    }

    private void forget(Meter.Id id) {
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
