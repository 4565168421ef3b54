package io.observability.starter.health.autoconfigure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthListener;
import io.observability.starter.health.HealthMetric;

/**
 * The health checks as metrics, read when they are scraped. A check has its series for as
 * long as it is there. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HealthMeters implements MeterBinder, HealthListener {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Supplier<HealthChecks> checks;

    private final List<MeterRegistry> registries = new ArrayList<>();

    private final Map<String, Map<MeterRegistry, List<Meter>>> meters = new HashMap<>();

    HealthMeters(Supplier<HealthChecks> checks) {
        this.checks = checks;
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        this.registries.add(registry);
        this.meters.forEach((check, bound) -> bound.put(registry, bind(registry, check)));
    }

    @Override
    public synchronized void added(String check) {
        Map<MeterRegistry, List<Meter>> bound = new HashMap<>();
        this.meters.put(check, bound);
        this.registries.forEach((registry) -> bound.put(registry, bind(registry, check)));
    }

    @Override
    public synchronized void removed(String check) {
        this.meters.getOrDefault(check, Map.of()).forEach((registry, bound) -> bound.forEach(registry::remove));
        this.meters.remove(check);
    }

    @Override
    public void changed(CheckState before, CheckState now) {
    }

    @Override
    public void listingFailed(Throwable failure) {
    }

    @Override
    public void tooManyChecks(int limit) {
    }

    private List<Meter> bind(MeterRegistry registry, String check) {
        Meter status = Gauge.builder(HealthMetric.STATUS.meter(), this, (meters) -> meters.status(check))
            .description(HealthMetric.STATUS.help())
            .tag(HealthMetric.LABEL, check)
            .register(registry);
        Meter last = Gauge.builder(HealthMetric.LAST_CHECK.meter(), this, (meters) -> meters.lastCheck(check))
            .description(HealthMetric.LAST_CHECK.help())
            .baseUnit(HealthMetric.LAST_CHECK.unit())
            .tag(HealthMetric.LABEL, check)
            .register(registry);
        Meter duration = FunctionTimer
            .builder(HealthMetric.DURATION.meter(), this, (meters) -> meters.checks.get().runs(check).count(),
                    (meters) -> meters.checks.get().runs(check).total().toNanos(), TimeUnit.NANOSECONDS)
            .description(HealthMetric.DURATION.help())
            .tag(HealthMetric.LABEL, check)
            .register(registry);
        return List.of(status, last, duration);
    }

    private double status(String check) {
        CheckState state = this.checks.get().state(check);
        if (state == null || state.basis() == CheckState.Basis.NONE) {
            return Double.NaN;
        }
        return state.status().failing() ? 0 : 1;
    }

    private double lastCheck(String check) {
        Instant last = this.checks.get().runs(check).last();
        return (last != null) ? last.getEpochSecond() + last.getNano() / NANOS_PER_SECOND : Double.NaN;
    }

}
