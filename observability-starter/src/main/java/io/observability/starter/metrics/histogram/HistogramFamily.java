package io.observability.starter.metrics.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * All timers of one metric family, as a scrape sees them. Thread-safe.
 */
final class HistogramFamily implements Collector {

    private final MetricMetadata metadata;

    private final Map<Meter.Id, HistogramTimer> timers = new ConcurrentHashMap<>();

    HistogramFamily(MetricMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getPrometheusName() {
        return this.metadata.getPrometheusName();
    }

    @Override
    public MetricSnapshot collect() {
        List<HistogramDataPointSnapshot> points = new ArrayList<>(this.timers.size());
        for (HistogramTimer timer : this.timers.values()) {
            points.add(timer.dataPoint());
        }
        return new HistogramSnapshot(this.metadata, points);
    }

    void add(HistogramTimer timer) {
        this.timers.put(timer.getId(), timer);
    }

    void remove(Meter.Id id) {
        this.timers.remove(id);
    }

    boolean isEmpty() {
        return this.timers.isEmpty();
    }

}
