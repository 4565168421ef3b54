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

    private final MetricNaming naming;

    private final Path status;

    /**
     * Create the meters of this process.
     * @param naming how they are called; Micrometer has a CPU time of its own
     */
    public ProcessMeters(MetricNaming naming) {
        this(naming, Path.of("/proc/self/status"));
    }

    ProcessMeters(MetricNaming naming, Path status) {
        this.naming = naming;
        this.status = status;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MetricForm cpu = MetricName.PROCESS_CPU.in(this.naming);
        if (cpu != null && this.naming != MetricNaming.MICROMETER
                && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                && system.getProcessCpuTime() >= 0) {
            FunctionCounter.builder(cpu.meter(), system, (bean) -> bean.getProcessCpuTime() / NANOS_PER_SECOND)
                .description(MetricName.PROCESS_CPU.help())
                .baseUnit(cpu.unit())
                .register(registry);
        }
        MetricForm resident = MetricName.PROCESS_RESIDENT_MEMORY.in(this.naming);
        if (resident != null && !Double.isNaN(residentBytes(this.status))) {
            Gauge.builder(resident.meter(), this.status, ProcessMeters::residentBytes)
                .description(MetricName.PROCESS_RESIDENT_MEMORY.help())
                .baseUnit(resident.unit())
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
