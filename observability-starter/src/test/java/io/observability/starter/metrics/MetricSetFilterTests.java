package io.observability.starter.metrics;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MetricSetFilterTests {

    @ParameterizedTest
    @EnumSource(MetricSet.class)
    void renamesInEverySet(MetricSet set) {
        PrometheusMeterRegistry registry = registry(new MetricSetFilter(set, List.of()));
        gauge(registry, "jvm.threads.live", "threads");
        Counter.builder("logback.events").baseUnit("events").tag("level", "warn").register(registry);
        assertThat(registry.scrape()).contains("# HELP jvm_threads_current Live platform threads.")
            .contains("jvm_threads_current 1.0")
            .contains("log_events_total{level=\"warn\"} 0.0")
            .doesNotContain("_threads 1.0")
            .doesNotContain("logback");
    }

    @Test
    void renamesOnceInACompositeAndItsParts() {
        MetricSetFilter filter = new MetricSetFilter(MetricSet.MINIMAL, List.of());
        PrometheusMeterRegistry part = registry(filter);
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.config().meterFilter(filter);
        composite.add(part);
        gauge(composite, "process.files.open", "files");
        gauge(composite, "jvm.buffer.count", "buffers");
        assertThat(part.scrape()).contains("process_open_fds 1.0").doesNotContain("buffer");
        assertThat(composite.find("process.open.fds").gauge()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "jvm.buffer.count", "jvm.classes.loaded", "process.cpu.usage", "system.cpu.count",
            "tomcat.sessions.active.current", "jetty.connections.current", "executor.pool.core", "executor",
            "hikaricp.connections.usage", "jdbc.connections.max", "disk.free", "application.ready.time",
            "spring.security.authorizations", "log4j2.events" })
    void minimalLeavesOutWhatSpringBootBrings(String name) {
        PrometheusMeterRegistry minimal = registry(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        gauge(minimal, name, null);
        assertThat(minimal.scrape()).isEmpty();
        PrometheusMeterRegistry standard = registry(new MetricSetFilter(MetricSet.STANDARD, List.of()));
        gauge(standard, name, null);
        assertThat(standard.scrape()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "orders", "disk.writes", "process.orders", "system.of.record", "application.logins",
            "executors", "cache.size", "http.server.pool", "tasks.scheduled.execution" })
    void metersOfTheUserPass(String name) {
        PrometheusMeterRegistry registry = registry(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        gauge(registry, name, null);
        assertThat(registry.scrape()).isNotEmpty();
    }

    @Test
    void whatIsIncludedPasses() {
        PrometheusMeterRegistry registry = registry(
                new MetricSetFilter(MetricSet.MINIMAL, List.of("jvm.buffer", "disk.")));
        gauge(registry, "jvm.buffer.count", null);
        gauge(registry, "jvm.classes.loaded", null);
        gauge(registry, "disk.free", null);
        assertThat(registry.scrape()).contains("jvm_buffer_count").contains("disk_free").doesNotContain("classes");
    }

    @Test
    void memoryIsByAreaOrByPoolAndNeverBoth() {
        PrometheusMeterRegistry minimal = registry(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        memory(minimal);
        assertThat(minimal.scrape()).contains("jvm_memory_used_bytes{area=\"heap\"}").doesNotContain("Eden");
        PrometheusMeterRegistry standard = registry(new MetricSetFilter(MetricSet.STANDARD, List.of()));
        memory(standard);
        assertThat(standard.scrape()).contains("Eden").doesNotContain("jvm_memory_used_bytes{area=\"heap\"}");
    }

    @Test
    void pausesOfTheCollectorHaveBuckets() {
        PrometheusMeterRegistry registry = registry(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        registry.timer("jvm.gc.pause", "gc", "G1", "action", "minor", "cause", "full")
            .record(30, TimeUnit.MILLISECONDS);
        assertThat(registry.scrape()).contains("le=\"0.025\"} 0").contains("le=\"0.05\"} 1");
    }

    private static void memory(MeterRegistry registry) {
        Gauge.builder("jvm.memory.used", () -> 1).tag("area", "heap").tag("id", "Eden").register(registry);
        new MemoryMeters().bindTo(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String unit) {
        Gauge.builder(name, () -> 1).baseUnit(unit).register(registry);
    }

    private static PrometheusMeterRegistry registry(MetricSetFilter filter) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(filter);
        return registry;
    }

}
