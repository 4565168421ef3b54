package io.observability.starter.metrics;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.convention.otel.OpenTelemetryJvmMemoryMeterConventions;
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
    void openTelemetryHasNamesOfItsOwn() {
        PrometheusMeterRegistry registry = registry(
                new MetricSetFilter(MetricNaming.OTEL, MetricSet.STANDARD, List.of()));
        Gauge.builder("hikaricp.connections.active", () -> 3).tag("pool", "main").register(registry);
        Gauge.builder("hikaricp.connections.idle", () -> 4).tag("pool", "main").register(registry);
        registry.counter("hikaricp.connections.timeout", "pool", "main", "zone", "a").increment();
        registry.timer("jvm.gc.pause", "gc", "G1", "action", "minor", "cause", "full")
            .record(30, TimeUnit.MILLISECONDS);
        Gauge.builder("jvm.thread.count", () -> 5)
            .baseUnit("threads")
            .tag("jvm.thread.state", "new")
            .register(registry);
        Gauge.builder("jvm.class.count", () -> 6).baseUnit("classes").register(registry);
        Gauge.builder("jvm.cpu.recent_utilization", () -> 0.5).register(registry);
        assertThat(registry.scrape()).contains(
                "db_client_connection_count{db_client_connection_pool_name=\"main\",db_client_connection_state=\"used\"} 3.0")
            .contains(
                    "db_client_connection_count{db_client_connection_pool_name=\"main\",db_client_connection_state=\"idle\"} 4.0")
            .contains("db_client_connection_timeouts_total{db_client_connection_pool_name=\"main\",zone=\"a\"} 1.0")
            .contains(
                    "jvm_gc_duration_seconds_bucket{jvm_gc_action=\"minor\",jvm_gc_cause=\"full\",jvm_gc_name=\"G1\",le=\"0.05\"} 1")
            .contains("jvm_thread_count{jvm_thread_state=\"new\"} 5.0")
            .contains("jvm_class_count 6.0")
            .contains("jvm_cpu_recent_utilization_ratio 0.5");
    }

    @ParameterizedTest
    @EnumSource(MetricSet.class)
    void whatADialectTellsOtherwiseIsNotThereTwice(MetricSet set) {
        for (MetricNaming naming : MetricNaming.values()) {
            PrometheusMeterRegistry registry = registry(new MetricSetFilter(naming, set, List.of()));
            gauge(registry, "jvm.threads.live", "threads");
            FunctionCounter.builder("process.cpu.time", this, (test) -> 1e9).baseUnit("ns").register(registry);
            FunctionCounter.builder("jvm.cpu.time", this, (test) -> 1e9).baseUnit("ns").register(registry);
            boolean micrometer = naming == MetricNaming.MICROMETER;
            assertThat(registry.scrape().contains("process_cpu_time_ns_total")).isEqualTo(micrometer);
            assertThat(registry.scrape().contains("jvm_threads_live_threads")).isEqualTo(micrometer);
            assertThat(registry.scrape().contains("jvm_threads_current"))
                .isEqualTo(naming == MetricNaming.CONVENTIONAL);
        }
    }

    @Test
    void micrometersNamesStayAsTheyAre() {
        PrometheusMeterRegistry registry = registry(
                new MetricSetFilter(MetricNaming.MICROMETER, MetricSet.MINIMAL, List.of()));
        gauge(registry, "jvm.threads.live", "threads");
        gauge(registry, "jvm.buffer.count", "buffers");
        memory(registry);
        assertThat(registry.scrape()).contains("jvm_threads_live_threads 1.0")
            .contains("jvm_memory_used{area=\"heap\",id=\"Eden\"}")
            .doesNotContain("jvm_memory_used_bytes")
            .doesNotContain("buffer");
    }

    @Test
    void aPoolWithoutALimitHasNone() {
        PrometheusMeterRegistry registry = registry(
                new MetricSetFilter(MetricNaming.OTEL, MetricSet.MINIMAL, List.of()));
        new JvmMemoryMetrics(List.of(), new OpenTelemetryJvmMemoryMeterConventions(Tags.empty())).bindTo(registry);
        assertThat(registry.scrape()).contains("jvm_memory_used_bytes{jvm_memory_pool_name=")
            .contains("jvm_memory_limit_bytes{jvm_memory_pool_name=")
            .doesNotContain(" -1.0");
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
