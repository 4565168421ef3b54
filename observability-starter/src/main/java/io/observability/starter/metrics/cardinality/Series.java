package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * One combination of tags of a meter, and its meters: one in each registry that has it.
 * Thread-safe.
 */
final class Series {

    private final Meter.Id id;

    private final List<Live> meters = new CopyOnWriteArrayList<>();

    // Null if it came for a value that had lost its place at that moment.
    private volatile GuardedTag.Kept @Nullable [] places;

    private final boolean tolerated;

    // Of whoever reviews the meter, one at a time.
    private double growth;

    Series(Meter.Id id, GuardedTag.Kept @Nullable [] places, boolean tolerated) {
        this.id = id;
        this.places = places;
        this.tolerated = tolerated;
    }

    Meter.Id id() {
        return this.id;
    }

    List<Live> meters() {
        return this.meters;
    }

    void add(MeterRegistry registry, Meter meter) {
        this.meters.add(new Live(registry, meter));
    }

    /**
     * A registry has removed its meter.
     * @param registry the registry
     * @return whether no registry has the series any longer
     */
    boolean remove(MeterRegistry registry) {
        this.meters.removeIf((live) -> live.registry == registry);
        return this.meters.isEmpty();
    }

    /**
     * Whether its values have their places still, or it was there before the guard.
     * @return {@code false} if it has to go
     */
    boolean mayStay() {
        if (this.tolerated) {
            return true;
        }
        GuardedTag.Kept[] held = this.places;
        if (held == null) {
            return false;
        }
        for (GuardedTag.Kept place : held) {
            if (!place.isCurrent()) {
                return false;
            }
        }
        return true;
    }

    void take(GuardedTag.Kept @Nullable [] places) {
        GuardedTag.Kept[] held = this.places;
        this.places = places;
        if (held != null) {
            for (GuardedTag.Kept place : held) {
                place.seriesGone();
            }
        }
    }

    boolean has(Live live) {
        return this.meters.contains(live);
    }

    @Nullable Meter meter(MeterRegistry registry) {
        for (Live live : this.meters) {
            if (live.registry == registry) {
                return live.meter;
            }
        }
        return null;
    }

    /**
     * Events since the last call. A composite and its registries have counted the same
     * ones.
     * @return how many
     */
    double measure() {
        double most = 0;
        for (Live live : this.meters) {
            most = Math.max(most, live.growth());
        }
        this.growth = most;
        return most;
    }

    double growth() {
        return this.growth;
    }

    /**
     * Whether values of a meter can be told apart by how many events they have.
     * @param meter the meter
     * @return whether it counts events
     */
    static boolean countsEvents(Meter meter) {
        return meter instanceof Counter || meter instanceof Timer || meter instanceof DistributionSummary;
    }

    static double events(Meter meter) {
        if (meter instanceof Counter counter) {
            return counter.count();
        }
        if (meter instanceof Timer timer) {
            return timer.count();
        }
        return (meter instanceof DistributionSummary summary) ? summary.count() : 0;
    }

    /**
     * The meter of one registry.
     */
    static final class Live {

        private final MeterRegistry registry;

        private final Meter meter;

        // Of whoever reviews the meter, one at a time.
        private double last;

        Live(MeterRegistry registry, Meter meter) {
            this.registry = registry;
            this.meter = meter;
        }

        MeterRegistry registry() {
            return this.registry;
        }

        Meter meter() {
            return this.meter;
        }

        private double growth() {
            double now = events(this.meter);
            double before = this.last;
            this.last = now;
            // A registry that starts again each step tells the events of the last one.
            return (this.registry instanceof StepMeterRegistry || now < before) ? now : now - before;
        }

    }

}
