package io.observability.starter.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Every metric family of the minimal set in the conventional dialect, declared once: the
 * meters, the documentation and the tests read it from here.
 *
 * @since 0.1.0
 */
public enum MetricName {

    /** Requests answered. */
    HTTP_REQUESTS(Type.COUNTER, "http.requests", null, "method,route,code", "HTTP requests answered."),

    /** Time from the first filter to the end of the answer. */
    HTTP_REQUEST_DURATION(Type.HISTOGRAM, "http.request.duration", "seconds", "method,route,code",
            "Time to answer an HTTP request."),

    /** Requests being answered now. */
    HTTP_REQUESTS_IN_FLIGHT(Type.GAUGE, "http.requests.in.flight", null, "method",
            "HTTP requests that are being answered."),

    /** Time until a called service answered. */
    HTTP_CLIENT_REQUEST_DURATION(Type.HISTOGRAM, "http.client.request.duration", "seconds", "method,host,route,code",
            "Time until a called service answered an HTTP request."),

    /** CPU time of the process. */
    PROCESS_CPU(Type.COUNTER, "process.cpu", "seconds", "", "User and system CPU time of the process."),

    /** Resident memory, on Linux. */
    PROCESS_RESIDENT_MEMORY(Type.GAUGE, "process.resident.memory", "bytes", "", "Resident memory of the process."),

    /** File descriptors in use. */
    PROCESS_OPEN_FDS(Type.GAUGE, "process.open.fds", null, "", "Open file descriptors.", "process.files.open"),

    /** File descriptors allowed. */
    PROCESS_MAX_FDS(Type.GAUGE, "process.max.fds", null, "", "File descriptors that may be open.", "process.files.max"),

    /** Start of the process. */
    PROCESS_START_TIME(Type.GAUGE, "process.start.time", "seconds", "",
            "Start of the process, in seconds since the Unix epoch."),

    /** Live threads. */
    JVM_THREADS_CURRENT(Type.GAUGE, "jvm.threads.current", null, "", "Live platform threads.", "jvm.threads.live"),

    /** Live threads by state. */
    JVM_THREADS_STATE(Type.GAUGE, "jvm.threads.state", null, "state", "Live platform threads by state.",
            "jvm.threads.states"),

    /** Memory in use. */
    JVM_MEMORY_USED(Type.GAUGE, "jvm.memory.used", "bytes", "area", "Memory in use."),

    /** Memory that the JVM holds. */
    JVM_MEMORY_COMMITTED(Type.GAUGE, "jvm.memory.committed", "bytes", "area", "Memory that the JVM holds."),

    /** Memory that the JVM may use. */
    JVM_MEMORY_MAX(Type.GAUGE, "jvm.memory.max", "bytes", "area", "Memory that the JVM may use, where it is limited."),

    /** Pauses of the garbage collector. */
    JVM_GC_PAUSE(Type.HISTOGRAM, "jvm.gc.pause", "seconds", "gc,action,cause", "Pauses of the garbage collector."),

    /** Log events. */
    LOG_EVENTS(Type.COUNTER, "log.events", null, "level", "Log events that passed their logger's level.",
            "logback.events"),

    /** Threads at work in an executor. */
    EXECUTOR_THREADS_ACTIVE(Type.GAUGE, "executor.threads.active", null, "name", "Threads of an executor at work.",
            "executor.active"),

    /** Threads in an executor. */
    EXECUTOR_THREADS_CURRENT(Type.GAUGE, "executor.threads.current", null, "name", "Threads of an executor.",
            "executor.pool.size"),

    /** Threads allowed in an executor. */
    EXECUTOR_THREADS_MAX(Type.GAUGE, "executor.threads.max", null, "name", "Threads that an executor may have.",
            "executor.pool.max"),

    /** Tasks that wait. */
    EXECUTOR_TASKS_QUEUED(Type.GAUGE, "executor.tasks.queued", null, "name", "Tasks that wait for a thread.",
            "executor.queued"),

    /** Tasks done. */
    EXECUTOR_TASKS_COMPLETED(Type.COUNTER, "executor.tasks.completed", null, "name", "Tasks done by an executor.",
            "executor.completed"),

    /** Connections lent. */
    HIKARICP_CONNECTIONS_ACTIVE(Type.GAUGE, "hikaricp.connections.active", null, "pool", "Connections in use."),

    /** Connections at rest. */
    HIKARICP_CONNECTIONS_IDLE(Type.GAUGE, "hikaricp.connections.idle", null, "pool", "Connections at rest."),

    /** Threads that wait for a connection. */
    HIKARICP_CONNECTIONS_PENDING(Type.GAUGE, "hikaricp.connections.pending", null, "pool",
            "Threads that wait for a connection."),

    /** Connections allowed. */
    HIKARICP_CONNECTIONS_MAX(Type.GAUGE, "hikaricp.connections.max", null, "pool",
            "Connections that the pool may have."),

    /** Waits for a connection that were given up. */
    HIKARICP_CONNECTIONS_TIMEOUT(Type.COUNTER, "hikaricp.connections.timeout", null, "pool",
            "Waits for a connection that were given up."),

    /** Waits for a connection. */
    HIKARICP_CONNECTIONS_ACQUIRE(Type.SUMMARY, "hikaricp.connections.acquire", "seconds", "pool",
            "Time to get a connection from the pool."),

    /** Request threads at work, with <code>server.tomcat.mbeanregistry.enabled</code>. */
    TOMCAT_THREADS_BUSY(Type.GAUGE, "tomcat.threads.busy", null, "name", "Request threads of Tomcat at work."),

    /** Request threads allowed, with <code>server.tomcat.mbeanregistry.enabled</code>. */
    TOMCAT_THREADS_MAX(Type.GAUGE, "tomcat.threads.max", null, "name", "Request threads that Tomcat may have.",
            "tomcat.threads.config.max"),

    /** Request threads at work. */
    JETTY_THREADS_BUSY(Type.GAUGE, "jetty.threads.busy", null, "", "Request threads of Jetty at work."),

    /** Request threads allowed. */
    JETTY_THREADS_MAX(Type.GAUGE, "jetty.threads.max", null, "", "Request threads that Jetty may have.",
            "jetty.threads.config.max"),

    /** Work that waits for a thread. */
    JETTY_THREADS_JOBS(Type.GAUGE, "jetty.threads.jobs", null, "", "Jobs that wait for a thread of Jetty."),

    /** What runs. */
    BUILD_INFO(Type.INFO, "build.info", null, "version,commit", "Version and commit of the application.");

    private static final Map<String, MetricName> BY_METER = index(MetricName::meter);

    private static final Map<String, MetricName> BY_STOCK = Arrays.stream(values())
        .filter((name) -> name.stock != null)
        .collect(Collectors.toUnmodifiableMap((name) -> String.valueOf(name.stock), Function.identity()));

    private final Type type;

    private final String meter;

    private final @Nullable String unit;

    private final String labels;

    private final String help;

    private final @Nullable String stock;

    MetricName(Type type, String meter, @Nullable String unit, String labels, String help) {
        this(type, meter, unit, labels, help, null);
    }

    MetricName(Type type, String meter, @Nullable String unit, String labels, String help, @Nullable String stock) {
        this.type = type;
        this.meter = meter;
        this.unit = unit;
        this.labels = labels;
        this.help = help;
        this.stock = stock;
    }

    /**
     * Kind of the family.
     * @return the type
     */
    public Type type() {
        return this.type;
    }

    /**
     * Name of the Micrometer meter, as properties such as
     * {@code management.metrics.enable.*} know it.
     * @return the name, with dots
     */
    public String meter() {
        return this.meter;
    }

    /**
     * Base unit.
     * @return the unit, or {@code null} for a plain number
     */
    public @Nullable String unit() {
        return this.unit;
    }

    /**
     * Names of the labels.
     * @return the labels, in the order in which they are documented
     */
    public List<String> labels() {
        return this.labels.isEmpty() ? List.of() : List.of(this.labels.split(","));
    }

    /**
     * Help text of the family.
     * @return one sentence
     */
    public String help() {
        return this.help;
    }

    /**
     * Name of Spring Boot's meter that is renamed to this one.
     * @return the name, or {@code null} if none is
     */
    public @Nullable String stock() {
        return this.stock;
    }

    /**
     * Name of the family in a scrape.
     * @return the name, such as {@code http_requests_total}
     */
    public String family() {
        String name = this.meter.replace('.', '_') + ((this.unit != null) ? "_" + this.unit : "");
        return (this.type == Type.COUNTER) ? name + "_total" : name;
    }

    static @Nullable MetricName ofMeter(String meter) {
        return BY_METER.get(meter);
    }

    static @Nullable MetricName ofStock(String meter) {
        return BY_STOCK.get(meter);
    }

    private static Map<String, MetricName> index(Function<MetricName, String> key) {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    /**
     * Kinds of metric families.
     */
    public enum Type {

        /** Only rises. */
        COUNTER,

        /** Rises and falls. */
        GAUGE,

        /** Buckets, count and sum. */
        HISTOGRAM,

        /** Count and sum. */
        SUMMARY,

        /** Always 1; the labels say it. */
        INFO

    }

}
