package io.observability.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * When and on what was measured.
 *
 * @param date day, UTC
 * @param jdk version and maker
 * @param machine processors and operating system; no name of a host
 * @param loadAverage runnable threads of the machine in the last minute; what other work
 * disturbs, in both directions
 */
record RunConditions(String date, String jdk, String machine, double loadAverage) {

    static RunConditions now() {
        String jdk = "%s %s (%s)".formatted(System.getProperty("java.vm.name"), Runtime.version(),
                System.getProperty("java.vendor"));
        String machine = "%d × %s, %s %s".formatted(Runtime.getRuntime().availableProcessors(), processor(),
                System.getProperty("os.name"), System.getProperty("os.arch"));
        return new RunConditions(LocalDate.now(ZoneOffset.UTC).toString(), jdk, machine, load());
    }

    static double load() {
        return Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 10) / 10.0;
    }

    private static String processor() {
        Path processors = Path.of("/proc/cpuinfo");
        if (Files.isReadable(processors)) {
            try (var lines = Files.lines(processors)) {
                return lines.filter((line) -> line.startsWith("model name"))
                    .map((line) -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor");
            }
            catch (IOException ex) {
                return "processor";
            }
        }
        return "processor";
    }

}
