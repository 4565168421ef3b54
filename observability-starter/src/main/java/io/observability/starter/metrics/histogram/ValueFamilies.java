package io.observability.starter.metrics.histogram;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricMetadata;

/**
 * The families of a registry that are not Micrometer's, by their name on a scrape. Where
 * meters of different names or types meet under one, all of them become Micrometer's,
 * which knows what to say of it. Thread-safe, but for two meters that are added at the
 * same time, which the registry's own lock forbids.
 */
final class ValueFamilies {

    private final PrometheusRegistry prometheus;

    private final Map<String, ValueFamily> families = new ConcurrentHashMap<>();

    private final Set<String> micrometers = ConcurrentHashMap.newKeySet();

    ValueFamilies(PrometheusRegistry prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * Add a series.
     * @param name the name of the family
     * @param value the series
     * @param metadata describes the family, if it is new
     * @return whether it was added; Micrometer is to have it otherwise
     */
    boolean add(String name, ValueFamily.Value value, Supplier<MetricMetadata> metadata) {
        ValueFamily family = this.families.get(name);
        if (family == null && !this.micrometers.contains(name)) {
            family = new ValueFamily(metadata.get(), value.id());
            family.add(value);
            this.prometheus.register(family);
            this.families.put(name, family);
            return true;
        }
        if (family == null || !family.accepts(value.id())) {
            leave(name);
            return false;
        }
        family.add(value);
        return true;
    }

    boolean has(String name) {
        return this.families.containsKey(name) || this.micrometers.contains(name);
    }

    /**
     * Leave a name to Micrometer, with whatever has it.
     * @param name the name of the family
     */
    void leave(String name) {
        this.micrometers.add(name);
        ValueFamily family = this.families.remove(name);
        if (family != null) {
            this.prometheus.unregister(family);
            family.values().forEach((value) -> value.giveBack().run());
        }
    }

    void remove(String name, Meter.Id id) {
        ValueFamily family = this.families.get(name);
        if (family == null) {
            return;
        }
        family.remove(id);
        if (family.isEmpty()) {
            this.families.remove(name);
            this.prometheus.unregister(family);
        }
    }

}
