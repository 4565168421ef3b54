package io.observability.starter.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * CPU time of the process in seconds, and on Linux its resident memory. Where the JVM or
 * the platform does not tell, there is no meter rather than a wrong one.
 *
 * @since 0.1.0
 */
public final class ProcessMeters implements MeterBinder {

    private static final double NANOS_PER_SECOND = 1e9;

    private static final String RESIDENT = "VmRSS:";

    private final Path status;

    /**
     * Create the meters of this process.
     */
    public ProcessMeters() {
        this(Path.of("/proc/self/status"));
    }

    ProcessMeters(Path status) {
        this.status = status;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                && system.getProcessCpuTime() >= 0) {
            FunctionCounter
                .builder(MetricName.PROCESS_CPU.meter(), system, (bean) -> bean.getProcessCpuTime() / NANOS_PER_SECOND)
                .description(MetricName.PROCESS_CPU.help())
                .baseUnit(MetricName.PROCESS_CPU.unit())
                .register(registry);
        }
        if (!Double.isNaN(residentBytes(this.status))) {
            Gauge.builder(MetricName.PROCESS_RESIDENT_MEMORY.meter(), this.status, ProcessMeters::residentBytes)
                .description(MetricName.PROCESS_RESIDENT_MEMORY.help())
                .baseUnit(MetricName.PROCESS_RESIDENT_MEMORY.unit())
                .strongReference(true)
                .register(registry);
        }
    }

    /**
     * Read the resident set from the kernel's status file, whose line is
     * {@code VmRSS: <number> kB} (proc_pid_status(5)).
     * @param status the file
     * @return the bytes, or {@code NaN} if they cannot be told
     */
    private static double residentBytes(Path status) {
        try {
            String text = Files.readString(status, StandardCharsets.ISO_8859_1);
            int line = text.indexOf(RESIDENT);
            int end = (line >= 0) ? text.indexOf("kB", line) : -1;
            if (end > 0) {
                return Long.parseLong(text.substring(line + RESIDENT.length(), end).trim()) * 1024.0;
            }
        }
        catch (IOException | NumberFormatException ex) {
            // Not Linux, or a sandbox without /proc.
        }
        return Double.NaN;
    }

}
