package io.observability.starter.metrics.cardinality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the series of all meters of the registries that it is installed in. A tag may
 * have so many values; above that its values are folded by a rule, each occurrence is
 * counted, and the values that occur most keep series of their own. All registries share
 * one account, so a composite and its children agree. Thread-safe; the path of a request
 * never waits for the guard's own thread.
 *
 * @since 0.1.0
 */
public final class CardinalityGuard implements FoldedTags, AutoCloseable {

    /** Meters that tell of the guard are not guarded by it. */
    static final String OWN_METERS = "observability.cardinality.";

    private final CardinalityLimits limits;

    private final Map<String, GuardedMeter> meters = new ConcurrentHashMap<>();

    private final Map<String, BoundedElsewhere> elsewhere = new ConcurrentHashMap<>();

    private final Set<String> exempt = ConcurrentHashMap.newKeySet();

    private final GuardedTag moreMeters;

    private final Map<MeterRegistry, GuardFilter> filters = new ConcurrentHashMap<>();

    private final List<OverflowListener> listeners = new CopyOnWriteArrayList<>();

    private final GuardTasks tasks = new GuardTasks(this::review);

    private volatile boolean folds;

    private final SeriesUpkeep upkeep = new SeriesUpkeep(this.filters);

    private final FrequencyReview review = new FrequencyReview(this.upkeep);

    /**
     * Create a guard that is installed nowhere yet.
     * @param limits what it allows
     */
    public CardinalityGuard(CardinalityLimits limits) {
        this.limits = limits;
        this.moreMeters = new GuardedTag("_name", "at most " + limits.maxMeters() + " names of meters", 0,
                new OverflowAction(OverflowAction.Kind.DROP, 0));
    }

    /**
     * Guard a registry, best before it has meters. Meters that it has keep their series.
     * Does nothing the second time.
     * @param registry the registry
     */
    public synchronized void install(MeterRegistry registry) {
        if (this.filters.containsKey(registry)) {
            return;
        }
        GuardFilter filter = new GuardFilter(registry, this);
        this.filters.put(registry, filter);
        registry.config().meterFilter(filter).onMeterAdded(filter::added).onMeterRemoved(filter::removed);
        registry.forEachMeter(filter::found);
    }

    /**
     * Take the guards' place in Micrometer's static registry, once for all. Best done
     * before that registry has meters.
     */
    public static void reserveGlobalPlace() {
        GlobalRegistry.reserve();
    }

    /**
     * Guard Micrometer's static registry until this guard is closed.
     */
    public synchronized void installGlobally() {
        this.filters.computeIfAbsent(GlobalRegistry.registry(),
                (registry) -> GlobalRegistry.enter(new GuardFilter(registry, this)));
    }

    /**
     * Be told of each tag that overflows, also of those that have already.
     * @param listener who is told
     */
    public void addListener(OverflowListener listener) {
        OverflowListener once = tellingOnce(listener);
        this.listeners.add(once);
        if (!this.folds) {
            // Whoever folds first from now on finds this listener.
            return;
        }
        this.tasks.add(() -> {
            for (MeterCardinality meter : report()) {
                meter.tags()
                    .stream()
                    .filter((tag) -> tag.folded() > 0)
                    .forEach((tag) -> once.overflowed(meter.meter(), tag));
            }
        });
    }

    private static OverflowListener tellingOnce(OverflowListener listener) {
        Set<List<String>> told = ConcurrentHashMap.newKeySet();
        return (meter, tag) -> {
            if (told.add(List.of(meter, tag.tag()))) {
                listener.overflowed(meter, tag);
            }
        };
    }

    /**
     * Let the guard have its thread, which tells the listeners and reviews the values. It
     * starts when a bound is half used or something is folded, and not before.
     * @param period how often values are reviewed
     */
    public synchronized void start(Duration period) {
        this.tasks.start(period);
    }

    /**
     * Stop the guard's thread. Limits hold on.
     */
    public synchronized void stop() {
        this.tasks.stop();
    }

    /**
     * Stop the guard's thread and leave Micrometer's static registry.
     */
    @Override
    public synchronized void close() {
        stop();
        GuardFilter global = this.filters.get(GlobalRegistry.registry());
        if (global != null) {
            GlobalRegistry.leave(global);
            this.filters.remove(GlobalRegistry.registry());
        }
    }

    /**
     * One turn of the guard's thread: what became frequent gets series of its own, what
     * is no longer loses them, and what was written to a series that ended is moved.
     */
    public synchronized void review() {
        this.tasks.run();
        this.upkeep.moveLateWrites();
        this.meters.values().forEach((meter) -> {
            this.upkeep.sweep(meter);
            this.review.review(meter);
        });
        // Names whose meters are gone, or were never admitted, make room for others.
        this.meters.values().removeIf(GuardedMeter::retire);
        this.moreMeters.overflow().age();
    }

    @Override
    public FoldedTag bounded(String tag, int limit, String setting, String... names) {
        for (String name : names) {
            this.exempt.add(name);
            this.meters.remove(name);
        }
        BoundedElsewhere meter = this.elsewhere.computeIfAbsent(names[0], BoundedElsewhere::new);
        GuardedTag bounded = meter.tag(tag, limit, setting);
        return (value) -> {
            if (bounded.note(value)) {
                tell(names[0], bounded);
            }
        };
    }

    @Nullable GuardedMeter meter(Meter.Id id) {
        GuardedMeter meter = this.meters.get(id.getName());
        return (meter != null) ? meter : addMeter(id);
    }

    @Nullable GuardedMeter meterAfter(GuardedMeter retired, Meter.Id id) {
        this.meters.remove(id.getName(), retired);
        return meter(id);
    }

    private @Nullable GuardedMeter addMeter(Meter.Id id) {
        if (!isGuarded(id) || this.meters.size() >= this.limits.maxMeters()
                || id.getName().length() > ValueHash.MAX_LENGTH) {
            return null;
        }
        GuardedMeter meter = this.meters.computeIfAbsent(id.getName(), (name) -> new GuardedMeter(id, this.limits,
                (guarded, tag) -> tell(guarded.name(), tag), this.tasks::watch));
        if (2 * this.meters.size() >= this.limits.maxMeters()) {
            this.tasks.watch();
        }
        return meter;
    }

    // What belongs to another meter, such as the percentiles of a timer, comes and goes
    // with that one.
    private boolean isGuarded(Meter.Id id) {
        return id.syntheticAssociation() == null && !this.exempt.contains(id.getName())
                && !id.getName().startsWith(OWN_METERS);
    }

    @Nullable GuardedMeter knownMeter(Meter.Id id) {
        return this.meters.get(id.getName());
    }

    /**
     * Whether one more meter may come that is not known by name.
     * @param id the meter
     * @return {@code false} if there are too many names, which is then counted
     */
    boolean hasRoomFor(Meter.Id id) {
        if (!isGuarded(id)) {
            return true;
        }
        if (this.moreMeters.note(id.getName())) {
            tell(FoldedValue.OTHER, this.moreMeters);
        }
        return false;
    }

    private void tell(String meter, GuardedTag tag) {
        this.folds = true;
        this.tasks.add(() -> {
            TagCardinality now = TagCardinality.of(tag);
            this.listeners.forEach((listener) -> listener.overflowed(meter, now));
        });
    }

    boolean endsSeries() {
        return this.upkeep.endsSeries();
    }

    /**
     * A series came for a value that lost its place at that moment.
     * @param meter its meter
     */
    void sweepLater(GuardedMeter meter) {
        this.tasks.add(() -> {
            synchronized (this) {
                this.upkeep.sweep(meter);
            }
        });
    }

    /**
     * All meters that have tags, those with the most folded values first.
     * @return the meters
     */
    public List<MeterCardinality> report() {
        List<MeterCardinality> all = new ArrayList<>();
        this.meters.values().forEach((meter) -> all.add(MeterCardinality.of(meter)));
        this.elsewhere.values().forEach((meter) -> all.add(meter.report()));
        if (this.moreMeters.overflow().hasBegun()) {
            all.add(MeterCardinality.of(FoldedValue.OTHER, 0, List.of(TagCardinality.of(this.moreMeters))));
        }
        all.removeIf((meter) -> meter.tags().isEmpty());
        all.sort(Comparator.comparingLong(MeterCardinality::folded)
            .thenComparingInt(MeterCardinality::series)
            .reversed()
            .thenComparing(MeterCardinality::meter));
        return all;
    }

    /**
     * Tags of a meter that its owner bounds.
     */
    private static final class BoundedElsewhere {

        private final String meter;

        private final Map<String, GuardedTag> tags = new ConcurrentHashMap<>();

        BoundedElsewhere(String meter) {
            this.meter = meter;
        }

        GuardedTag tag(String key, int limit, String setting) {
            return this.tags.computeIfAbsent(key,
                    (name) -> new GuardedTag(name, setting, limit, new OverflowAction(OverflowAction.Kind.OTHER, 0)));
        }

        MeterCardinality report() {
            return MeterCardinality.of(this.meter, 0, this.tags.values().stream().map(TagCardinality::of).toList());
        }

    }

}
