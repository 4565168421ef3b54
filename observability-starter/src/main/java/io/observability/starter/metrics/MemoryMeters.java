package io.observability.starter.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Memory of the JVM by area, {@code heap} and {@code nonheap}, rather than by pool: the
 * sum that is asked for, in two series, the same for each garbage collector.
 *
 * @since 0.1.0
 */
public final class MemoryMeters implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        bind(registry, memory, "heap", MemoryMXBean::getHeapMemoryUsage);
        bind(registry, memory, "nonheap", MemoryMXBean::getNonHeapMemoryUsage);
    }

    private static void bind(MeterRegistry registry, MemoryMXBean memory, String area, Usage usage) {
        bind(registry, memory, MetricName.JVM_MEMORY_USED, area, (bean) -> usage.of(bean).getUsed());
        bind(registry, memory, MetricName.JVM_MEMORY_COMMITTED, area, (bean) -> usage.of(bean).getCommitted());
        // -1 stands for no limit.
        if (usage.of(memory).getMax() >= 0) {
            bind(registry, memory, MetricName.JVM_MEMORY_MAX, area, (bean) -> usage.of(bean).getMax());
        }
    }

    private static void bind(MeterRegistry registry, MemoryMXBean memory, MetricName name, String area,
            ToLongFunction<MemoryMXBean> value) {
        Gauge.builder(name.meter(), memory, value::applyAsLong)
            .description(name.help())
            .baseUnit(name.unit())
            .tag("area", area)
            .register(registry);
    }

    private interface Usage {

        MemoryUsage of(MemoryMXBean memory);

    }

}
