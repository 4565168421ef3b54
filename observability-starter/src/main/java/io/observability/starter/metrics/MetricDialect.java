package io.observability.starter.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The names of one dialect, found by the names that Spring Boot's meters have. Immutable.
 */
final class MetricDialect {

    /** What Micrometer counts and Prometheus has no unit for. */
    private static final Set<String> THINGS = Set.of("threads", "classes", "sessions", "connections", "files", "tasks",
            "events", "buffers");

    private static final String UTILIZATION = "jvm.cpu.recent_utilization";

    private static final Map<MetricNaming, MetricDialect> ALL = new EnumMap<>(MetricNaming.class);

    static {
        for (MetricNaming naming : MetricNaming.values()) {
            ALL.put(naming, new MetricDialect(naming));
        }
    }

    private final MetricNaming naming;

    private final Map<String, MetricName> byMeter = new HashMap<>();

    private final Map<String, MetricName> byStock = new HashMap<>();

    private final Set<String> unlimitedPools = ManagementFactory.getMemoryPoolMXBeans()
        .stream()
        .filter((pool) -> pool.getUsage() == null || pool.getUsage().getMax() < 0)
        .map(MemoryPoolMXBean::getName)
        .collect(Collectors.toUnmodifiableSet());

    private MetricDialect(MetricNaming naming) {
        this.naming = naming;
        for (MetricName name : MetricName.values()) {
            MetricForm form = name.in(naming);
            if (form != null) {
                this.byMeter.putIfAbsent(form.meter(), name);
            }
            MetricForm stock = name.in(MetricNaming.MICROMETER);
            if (stock != null) {
                this.byStock.put(stock.meter(), name);
            }
        }
    }

    static MetricDialect of(MetricNaming naming) {
        MetricDialect dialect = ALL.get(naming);
        if (dialect == null) {
            throw new IllegalArgumentException(naming.name());
        }
        return dialect;
    }

    MetricNaming naming() {
        return this.naming;
    }

    @Nullable MetricName nameOf(String meter) {
        return this.byMeter.get(meter);
    }

    boolean isStockOf(MetricName name, String meter) {
        return this.byStock.get(meter) == name;
    }

    /**
     * Whether a meter of Spring Boot tells what the dialect tells by another family.
     * @param meter name of the meter
     * @return whether it does
     */
    boolean isToldOtherwise(String meter) {
        MetricName name = this.byStock.get(meter);
        return name != null && name.in(this.naming) == null && !this.byMeter.containsKey(meter);
    }

    /**
     * Name a meter as the dialect does.
     * @param id the meter as Spring Boot has named it, or as it was named here before
     * @return the meter, or {@code null} if it is none of the minimal set
     */
    Meter.@Nullable Id translate(Meter.Id id) {
        MetricName name = this.byMeter.get(id.getName());
        if (name == null) {
            name = this.byStock.get(id.getName());
        }
        MetricForm form = (name != null) ? name.in(this.naming) : null;
        MetricForm stock = (name != null) ? name.in(MetricNaming.MICROMETER) : null;
        if (name == null || form == null) {
            return null;
        }
        Iterable<Tag> tags = id.getTagsAsIterable();
        Tags translated = (stock != null && stock.meter().equals(id.getName())) ? form.translate(tags, stock)
                : Tags.of(tags);
        return new Meter.Id(form.meter(), translated, form.unit(), name.help(this.naming), id.getType());
    }

    /**
     * Take the unit off a meter whose name says it already.
     * @param id a meter of Spring Boot
     * @return the meter
     */
    Meter.Id withoutDoubledUnit(Meter.Id id) {
        String unit = id.getBaseUnit();
        if (unit != null && THINGS.contains(unit)
                && (id.getName().contains(unit) || this.naming == MetricNaming.OTEL)) {
            return new Meter.Id(id.getName(), Tags.of(id.getTagsAsIterable()), null, id.getDescription(), id.getType());
        }
        // A number of unit 1 is a ratio in Prometheus.
        return (this.naming == MetricNaming.OTEL && id.getName().equals(UTILIZATION)) ? new Meter.Id(id.getName(),
                Tags.of(id.getTagsAsIterable()), "ratio", id.getDescription(), id.getType()) : id;
    }

    /**
     * Memory pool that a meter is of.
     * @param id the meter
     * @return the pool's name, or {@code null} if the meter is not of a pool
     */
    @Nullable String poolOf(Meter.Id id) {
        return id.getTag((this.naming == MetricNaming.OTEL) ? "jvm.memory.pool.name" : "id");
    }

    /**
     * Whether a memory pool has a limit; Micrometer shows -1 for one that has none.
     * @param pool name of the pool
     * @return whether it has
     */
    boolean isLimited(String pool) {
        return !this.unlimitedPools.contains(pool);
    }

}
