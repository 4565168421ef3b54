package io.observability.starter.metrics.histogram;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;

/**
 * The histograms of a registry that are not Micrometer's, by their name on a scrape.
 * Thread-safe, but for two meters that come or go at the same time, which the registry's
 * own lock forbids.
 */
final class HistogramFamilies {

    private final PrometheusRegistry prometheus;

    private final Map<String, HistogramFamily> families = new ConcurrentHashMap<>();

    HistogramFamilies(PrometheusRegistry prometheus) {
        this.prometheus = prometheus;
    }

    boolean has(String name) {
        return this.families.containsKey(name);
    }

    /**
     * Whether a meter is one more series of a family that there is.
     * @param name the name of the family
     * @param id the meter
     * @return whether it is so
     */
    boolean accepts(String name, Meter.Id id) {
        HistogramFamily family = this.families.get(name);
        return family != null && family.accepts(id);
    }

    void add(String name, Meter.Id id, Supplier<HistogramDataPointSnapshot> dataPoint,
            Supplier<MetricMetadata> metadata) {
        HistogramFamily family = this.families.get(name);
        if (family == null) {
            family = new HistogramFamily(metadata.get(), id);
            this.prometheus.register(family);
            this.families.put(name, family);
        }
        family.add(id, dataPoint);
    }

    /**
     * Remove a series.
     * @param name the name of the family
     * @param id the meter
     * @return whether there was one
     */
    boolean remove(String name, Meter.Id id) {
        HistogramFamily family = this.families.get(name);
        if (family == null || !family.remove(id)) {
            return false;
        }
        if (family.isEmpty()) {
            this.families.remove(name);
            this.prometheus.unregister(family);
        }
        return true;
    }

}
