package io.observability.starter.metrics.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * All histograms of one metric family, as a scrape sees them. Thread-safe.
 */
final class HistogramFamily implements Collector {

    private final MetricMetadata metadata;

    private final Meter.Id first;

    private final Map<Meter.Id, Supplier<HistogramDataPointSnapshot>> series = new ConcurrentHashMap<>();

    /**
     * Create a family.
     * @param metadata name and description
     * @param first the meter whose name and type all others share
     */
    HistogramFamily(MetricMetadata metadata, Meter.Id first) {
        this.metadata = metadata;
        this.first = first;
    }

    @Override
    public String getPrometheusName() {
        return this.metadata.getPrometheusName();
    }

    @Override
    public MetricSnapshot collect() {
        List<HistogramDataPointSnapshot> points = new ArrayList<>(this.series.size());
        for (Supplier<HistogramDataPointSnapshot> each : this.series.values()) {
            points.add(each.get());
        }
        return new HistogramSnapshot(this.metadata, points);
    }

    boolean accepts(Meter.Id id) {
        return ValueFamily.areAlike(this.first, id);
    }

    void add(Meter.Id id, Supplier<HistogramDataPointSnapshot> dataPoint) {
        this.series.put(id, dataPoint);
    }

    boolean remove(Meter.Id id) {
        return this.series.remove(id) != null;
    }

    boolean isEmpty() {
        return this.series.isEmpty();
    }

}
