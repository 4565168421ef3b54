package io.observability.starter.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * Gives Spring Boot's meters their conventional names and, in the minimal set, leaves out
 * those of Spring Boot's meters that are not part of it. Meters of the user always pass.
 * A registry within a composite sees names that were already changed, so changing a name
 * twice changes nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MetricSetFilter implements MeterFilter {

    /** Namespaces that belong to Spring Boot and Micrometer alone. */
    private static final List<String> STOCK_PREFIXES = List.of("jvm.", "tomcat.", "jetty.", "executor.", "hikaricp.",
            "jdbc.connections.", "logback.", "log4j2.", "spring.", "http.server.requests");

    /** Names of Spring Boot in namespaces that an application may use as well. */
    private static final Set<String> STOCK_NAMES = Set.of("application.ready.time", "application.started.time",
            "disk.free", "disk.total", "executor", "process.cpu.usage", "process.cpu.time", "process.files.open",
            "process.files.max", "process.uptime", "system.cpu.count", "system.cpu.usage", "system.load.average.1m");

    private static final double[] GC_BUCKETS = nanoseconds(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000);

    private final MetricSet set;

    private final List<String> include;

    /**
     * Create a filter.
     * @param set the set to show
     * @param include beginnings of names of Spring Boot's meters that are shown all the
     * same
     */
    public MetricSetFilter(MetricSet set, List<String> include) {
        this.set = set;
        this.include = List.copyOf(include);
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        MetricName name = MetricName.ofStock(id.getName());
        if (name == null) {
            name = MetricName.ofMeter(id.getName());
        }
        return (name != null)
                ? new Meter.Id(name.meter(), Tags.of(id.getTagsAsIterable()), name.unit(), name.help(), id.getType())
                : id;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String meter = id.getName();
        MetricName name = MetricName.ofMeter(meter);
        if (name != null) {
            return (isMemory(name) && isMemoryPool(id) != showsMemoryPools()) ? MeterFilterReply.DENY
                    : MeterFilterReply.NEUTRAL;
        }
        return (this.set == MetricSet.MINIMAL && isStock(meter) && !isIncluded(meter)) ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (id.getName().equals(MetricName.JVM_GC_PAUSE.meter())) {
            return DistributionStatisticConfig.builder().serviceLevelObjectives(GC_BUCKETS).build().merge(config);
        }
        return config;
    }

    private static boolean isMemory(MetricName name) {
        return name == MetricName.JVM_MEMORY_USED || name == MetricName.JVM_MEMORY_COMMITTED
                || name == MetricName.JVM_MEMORY_MAX;
    }

    // Spring Boot's memory meters are one per pool, ours one per area; to have both in
    // one family would count every byte twice.
    private static boolean isMemoryPool(Meter.Id id) {
        return id.getTag("id") != null;
    }

    private boolean showsMemoryPools() {
        return this.set != MetricSet.MINIMAL;
    }

    /**
     * Whether a name belongs to Spring Boot or Micrometer alone. A meter of the user with
     * such a name is taken for one of theirs, and left out of the minimal set.
     * @param meter the name of a meter, with dots
     * @return whether it is theirs
     */
    public static boolean isStock(String meter) {
        if (STOCK_NAMES.contains(meter)) {
            return true;
        }
        for (String prefix : STOCK_PREFIXES) {
            if (meter.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private boolean isIncluded(String meter) {
        for (String prefix : this.include) {
            if (meter.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static double[] nanoseconds(Integer... milliseconds) {
        return Stream.of(milliseconds).map(Duration::ofMillis).mapToDouble(Duration::toNanos).toArray();
    }

}
