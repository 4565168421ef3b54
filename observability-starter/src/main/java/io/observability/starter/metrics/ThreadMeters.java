package io.observability.starter.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterConvention;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.jvm.convention.JvmThreadMeterConventions;
import io.micrometer.core.instrument.binder.jvm.convention.micrometer.MicrometerJvmThreadMeterConventions;
import io.observability.starter.pipeline.MeterPass;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's meters of threads, with one look at all threads in a scrape in place of
 * one for each state. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ThreadMeters extends JvmThreadMetrics {

    private static final String UNIT = "threads";

    private final JvmThreadMeterConventions conventions;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final Supplier<Map<Thread.State, Integer>> states = MeterPass.once(this::count);

    /**
     * Create the meters.
     * @param conventions the name of the threads by state, {@code null} for Micrometer's
     */
    public ThreadMeters(@Nullable JvmThreadMeterConventions conventions) {
        this.conventions = (conventions != null) ? conventions : new MicrometerJvmThreadMeterConventions(Tags.empty());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "jvm.threads.peak",
                "The peak live thread count since the Java virtual machine started or peak was reset",
                ThreadMXBean::getPeakThreadCount);
        gauge(registry, "jvm.threads.daemon", "The current number of live daemon threads",
                ThreadMXBean::getDaemonThreadCount);
        gauge(registry, "jvm.threads.live",
                "The current number of live threads including both daemon and non-daemon threads",
                ThreadMXBean::getThreadCount);
        FunctionCounter.builder("jvm.threads.started", this.threads, ThreadMXBean::getTotalStartedThreadCount)
            .description("The total number of application threads started in the JVM")
            .baseUnit(UNIT)
            .register(registry);
        MeterConvention<Thread.State> convention = this.conventions.threadCountConvention();
        for (Thread.State state : Thread.State.values()) {
            Gauge.builder(convention.getName(), this, (meters) -> meters.states.get().getOrDefault(state, 0))
                .tags(convention.getTags(state))
                .description("The current number of threads")
                .baseUnit(UNIT)
                .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String help, ToDoubleFunction<ThreadMXBean> value) {
        Gauge.builder(name, this.threads, value).description(help).baseUnit(UNIT).register(registry);
    }

    private Map<Thread.State, Integer> count() {
        Map<Thread.State, Integer> counts = new EnumMap<>(Thread.State.class);
        for (ThreadInfo thread : this.threads.getThreadInfo(this.threads.getAllThreadIds())) {
            // Of one that has ended in the meantime there is nothing.
            if (thread != null) {
                counts.merge(thread.getThreadState(), 1, Integer::sum);
            }
        }
        return counts;
    }

}
