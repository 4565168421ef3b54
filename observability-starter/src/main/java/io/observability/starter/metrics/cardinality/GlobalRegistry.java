package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * The one place of guards in Micrometer's static registry. That registry outlives each
 * application context and never lets go of a filter, so there is one filter for good,
 * which asks the guard of the context that came last, or nobody. Thread-safe.
 */
final class GlobalRegistry implements MeterFilter {

    private static final GlobalRegistry INSTANCE = new GlobalRegistry();

    private final List<GuardFilter> guards = new CopyOnWriteArrayList<>();

    private boolean installed;

    private volatile @Nullable GuardFilter current;

    private GlobalRegistry() {
    }

    static MeterRegistry registry() {
        return Metrics.globalRegistry;
    }

    static GuardFilter enter(GuardFilter guard) {
        INSTANCE.add(guard);
        return guard;
    }

    static void leave(GuardFilter guard) {
        INSTANCE.remove(guard);
    }

    static void reserve() {
        INSTANCE.install();
    }

    private synchronized void install() {
        if (!this.installed) {
            this.installed = true;
            registry().config().meterFilter(this).onMeterAdded(this::added).onMeterRemoved(this::removed);
        }
    }

    private synchronized void add(GuardFilter guard) {
        install();
        this.guards.add(guard);
        this.current = guard;
        registry().forEachMeter(guard::found);
    }

    private synchronized void remove(GuardFilter guard) {
        this.guards.remove(guard);
        this.current = this.guards.isEmpty() ? null : this.guards.get(this.guards.size() - 1);
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        GuardFilter guard = this.current;
        return (guard != null) ? guard.map(id) : id;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        GuardFilter guard = this.current;
        return (guard != null) ? guard.accept(id) : MeterFilterReply.NEUTRAL;
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        GuardFilter guard = this.current;
        return (guard != null) ? guard.configure(id, config) : config;
    }

    private void added(Meter meter) {
        GuardFilter guard = this.current;
        if (guard != null) {
            guard.added(meter);
        }
    }

    private void removed(Meter meter) {
        GuardFilter guard = this.current;
        if (guard != null) {
            guard.removed(meter);
        }
    }

}
