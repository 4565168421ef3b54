package io.observability.starter.metrics.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All gauges, or all counters, of one metric family. Their values are read when they are
 * scraped. Names and labels are checked once, when they are added: to check them in each
 * scrape is most of what Micrometer's families cost. Thread-safe.
 */
final class ValueFamily implements Collector {

    private static final Logger logger = LoggerFactory.getLogger(ValueFamily.class);

    private final MetricMetadata metadata;

    private final Meter.Id first;

    private final Map<Meter.Id, Value> values = new ConcurrentHashMap<>();

    private final AtomicBoolean failureSaid = new AtomicBoolean();

    /**
     * Create a family.
     * @param metadata name and description
     * @param first the meter whose name and type all others share
     */
    ValueFamily(MetricMetadata metadata, Meter.Id first) {
        this.metadata = metadata;
        this.first = first;
    }

    @Override
    public String getPrometheusName() {
        return this.metadata.getPrometheusName();
    }

    @Override
    public MetricSnapshot collect() {
        return isGauge() ? new GaugeSnapshot(this.metadata, gauges()) : new CounterSnapshot(this.metadata, counters());
    }

    private List<GaugeDataPointSnapshot> gauges() {
        List<GaugeDataPointSnapshot> points = new ArrayList<>(this.values.size());
        for (Value value : this.values.values()) {
            points.add(new GaugeDataPointSnapshot(read(value), value.labels(), null));
        }
        return points;
    }

    private List<CounterDataPointSnapshot> counters() {
        List<CounterDataPointSnapshot> points = new ArrayList<>(this.values.size());
        for (Value value : this.values.values()) {
            double count = read(value);
            // One that can't be told is left out: the client refuses it, and with it the
            // scrape.
            if (count >= 0) {
                points.add(new CounterDataPointSnapshot(count, value.labels(), value.exemplar().get(),
                        value.createdMillis()));
            }
        }
        return points;
    }

    private double read(Value value) {
        try {
            return value.now().getAsDouble();
        }
        catch (RuntimeException ex) {
            if (this.failureSaid.compareAndSet(false, true)) {
                logger.warn("The value of {} can't be read; said once", value.id(), ex);
            }
            return Double.NaN;
        }
    }

    /**
     * Whether a meter may be one of this family.
     * @param id the meter
     * @return whether name and type are the same
     */
    boolean accepts(Meter.Id id) {
        return areAlike(this.first, id);
    }

    static boolean areAlike(Meter.Id one, Meter.Id other) {
        return one.getType() == other.getType() && one.getName().equals(other.getName());
    }

    void add(Value value) {
        this.values.put(value.id(), value);
    }

    void remove(Meter.Id id) {
        this.values.remove(id);
    }

    boolean isEmpty() {
        return this.values.isEmpty();
    }

    /**
     * The values, for who takes over.
     * @return those that are there now
     */
    List<Value> values() {
        return List.copyOf(this.values.values());
    }

    private boolean isGauge() {
        return this.first.getType() == Meter.Type.GAUGE;
    }

    /**
     * One series.
     *
     * @param id the meter
     * @param labels its tags as labels
     * @param now its value
     * @param exemplar one of the events that it counted
     * @param createdMillis when it began
     * @param giveBack makes it one of Micrometer's
     */
    record Value(Meter.Id id, Labels labels, DoubleSupplier now, Supplier<@Nullable Exemplar> exemplar,
            long createdMillis, Runnable giveBack) {

    }

}
