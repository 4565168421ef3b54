package io.observability.starter.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * Gives Spring Boot's meters their names in the dialect of the process and, in the
 * minimal set, leaves out those of Spring Boot's meters that are not part of it; in every
 * set it leaves out what another family tells already. Meters of the user always pass. A
 * registry within a composite sees names that were already changed, so changing a name
 * twice changes nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MetricSetFilter implements MeterFilter {

    /** Namespaces that belong to Spring Boot and Micrometer alone. */
    private static final List<String> STOCK_PREFIXES = List.of("jvm.", "tomcat.", "jetty.", "executor.", "hikaricp.",
            "jdbc.connections.", "logback.", "log4j2.", "spring.", "http.server.requests", "http.client.requests");

    /** Names of Spring Boot in namespaces that an application may use as well. */
    private static final Set<String> STOCK_NAMES = Set.of("application.ready.time", "application.started.time",
            "disk.free", "disk.total", "executor", "process.cpu.usage", "process.cpu.time", "process.files.open",
            "process.files.max", "process.uptime", "system.cpu.count", "system.cpu.usage", "system.load.average.1m");

    private static final double[] GC_BUCKETS = nanoseconds(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000);

    private static final String NANOSECONDS = "ns";

    private final MetricDialect dialect;

    private final MetricSet set;

    private final List<String> include;

    private final String gcPause;

    /**
     * Create a filter for conventional names.
     * @param set the set to show
     * @param include beginnings of names of Spring Boot's meters that are shown all the
     * same
     */
    public MetricSetFilter(MetricSet set, List<String> include) {
        this(MetricNaming.CONVENTIONAL, set, include);
    }

    /**
     * Create a filter.
     * @param naming the dialect
     * @param set the set to show
     * @param include beginnings of names of Spring Boot's meters that are shown all the
     * same
     */
    public MetricSetFilter(MetricNaming naming, MetricSet set, List<String> include) {
        this.dialect = MetricDialect.of(naming);
        this.set = set;
        this.include = List.copyOf(include);
        MetricForm pause = MetricName.JVM_GC_PAUSE.in(naming);
        this.gcPause = (pause != null) ? pause.meter() : "";
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (this.dialect.naming() == MetricNaming.MICROMETER || isMeasuredOtherwise(id)) {
            return id;
        }
        Meter.Id named = this.dialect.translate(id);
        if (named == null) {
            return isStock(id.getName()) ? this.dialect.withoutDoubledUnit(id) : id;
        }
        return named;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String meter = id.getName();
        if (isMeasuredOtherwise(id) || this.dialect.isToldOtherwise(meter)) {
            return MeterFilterReply.DENY;
        }
        MetricName name = this.dialect.nameOf(meter);
        if (name != null) {
            return (isMemory(name) && !isShown(id, name)) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }
        return (this.set == MetricSet.MINIMAL && isStock(meter) && !isIncluded(meter)) ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (id.getName().equals(this.gcPause)) {
            return DistributionStatisticConfig.builder().serviceLevelObjectives(GC_BUCKETS).build().merge(config);
        }
        return config;
    }

    // Micrometer counts CPU time in nanoseconds, which is no base unit, and a filter can
    // change names and no values. Our own meter takes its place.
    private boolean isMeasuredOtherwise(Meter.Id id) {
        MetricForm ours = MetricName.PROCESS_CPU.in(this.dialect.naming());
        return NANOSECONDS.equals(id.getBaseUnit()) && ours != null && !NANOSECONDS.equals(ours.unit())
                && (ours.meter().equals(id.getName()) || this.dialect.isStockOf(MetricName.PROCESS_CPU, id.getName()));
    }

    private static boolean isMemory(MetricName name) {
        return name == MetricName.JVM_MEMORY_USED || name == MetricName.JVM_MEMORY_COMMITTED
                || name == MetricName.JVM_MEMORY_MAX;
    }

    // Spring Boot's memory meters are one for each pool, the conventional ones one for
    // each
    // area: to have both in one family would count every byte twice.
    private boolean isShown(Meter.Id id, MetricName name) {
        String pool = this.dialect.poolOf(id);
        boolean byArea = this.dialect.naming() == MetricNaming.CONVENTIONAL && this.set == MetricSet.MINIMAL;
        if ((pool == null) != byArea) {
            return false;
        }
        return pool == null || name != MetricName.JVM_MEMORY_MAX || this.dialect.isLimited(pool);
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
