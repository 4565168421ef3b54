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
        new ProcessMeters().bindTo(this.registry);
        assertThat(this.registry.get("process.cpu").functionCounter().count()).isBetween(0.1, 100_000.0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void residentMemoryIsMoreThanTheHeapInUse() {
        new ProcessMeters().bindTo(this.registry);
        assertThat(this.registry.get("process.resident.memory").gauge().value()).isBetween(1e7, 1e12);
    }

    @Test
    void readsKilobytes(@TempDir Path folder) throws IOException {
        Path status = Files.writeString(folder.resolve("status"),
                "VmPeak:\t  900 kB\nVmRSS:\t   12345 kB\nRssAnon: 1 kB\n");
        new ProcessMeters(status).bindTo(this.registry);
        assertThat(this.registry.get("process.resident.memory").gauge().value()).isEqualTo(12345 * 1024.0);
    }

    @Test
    void elsewhereThereIsNoMeterRatherThanAWrongOne(@TempDir Path folder) throws IOException {
        new ProcessMeters(folder.resolve("missing")).bindTo(this.registry);
        new ProcessMeters(Files.writeString(folder.resolve("odd"), "VmRSS: lots kB")).bindTo(this.registry);
        new ProcessMeters(Files.writeString(folder.resolve("short"), "VmRSS: 12")).bindTo(this.registry);
        assertThat(this.registry.find("process.resident.memory").gauge()).isNull();
    }

}
