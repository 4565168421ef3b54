package io.observability.starter.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void cpuTimeIsInSeconds() {
        new ProcessMeters(MetricNaming.CONVENTIONAL).bindTo(this.registry);
        assertThat(this.registry.get("process.cpu").functionCounter().count()).isBetween(0.1, 100_000.0);
    }

    @Test
    void openTelemetryHasNamesOfItsOwn() {
        new ProcessMeters(MetricNaming.OTEL).bindTo(this.registry);
        assertThat(this.registry.get("jvm.cpu.time").functionCounter().count()).isBetween(0.1, 100_000.0);
        assertThat(this.registry.find("process.cpu").functionCounter()).isNull();
    }

    @Test
    void micrometerHasACpuTimeAlready() {
        new ProcessMeters(MetricNaming.MICROMETER).bindTo(this.registry);
        assertThat(this.registry.find("process.cpu").functionCounter()).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void residentMemoryIsMoreThanTheHeapInUse() {
        new ProcessMeters(MetricNaming.CONVENTIONAL).bindTo(this.registry);
        assertThat(this.registry.get("process.resident.memory").gauge().value()).isBetween(1e7, 1e12);
    }

    @Test
    void readsKilobytes(@TempDir Path folder) throws IOException {
        Path status = Files.writeString(folder.resolve("status"),
                "VmPeak:\t  900 kB\nVmRSS:\t   12345 kB\nRssAnon: 1 kB\n");
        new ProcessMeters(MetricNaming.CONVENTIONAL, status).bindTo(this.registry);
        assertThat(this.registry.get("process.resident.memory").gauge().value()).isEqualTo(12345 * 1024.0);
    }

    @Test
    void elsewhereThereIsNoMeterRatherThanAWrongOne(@TempDir Path folder) throws IOException {
        new ProcessMeters(MetricNaming.CONVENTIONAL, folder.resolve("missing")).bindTo(this.registry);
        new ProcessMeters(MetricNaming.CONVENTIONAL, Files.writeString(folder.resolve("odd"), "VmRSS: lots kB"))
            .bindTo(this.registry);
        new ProcessMeters(MetricNaming.CONVENTIONAL, Files.writeString(folder.resolve("short"), "VmRSS: 12"))
            .bindTo(this.registry);
        assertThat(this.registry.find("process.resident.memory").gauge()).isNull();
    }

}
