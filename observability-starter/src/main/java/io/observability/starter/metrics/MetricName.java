package io.observability.starter.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Every metric family of the minimal set, declared once with its names in all dialects:
 * the meters, the documentation, the recording rules and the tests read it from here.
 *
 * @since 0.1.0
 */
public enum MetricName {

    /** Requests answered. */
    HTTP_REQUESTS(Type.COUNTER, "HTTP requests answered.", "http.requests - method,route,code", MetricForm.NONE,
            MetricForm.NONE),

    /** Time from the first filter to the end of the answer. */
    HTTP_REQUEST_DURATION(Type.HISTOGRAM, "Time to answer an HTTP request.",
            "http.request.duration seconds method,route,code",
            "http.server.requests seconds method,uri,status,outcome,exception,error",
            "http.server.request.duration seconds http.request.method,url.scheme,http.route,http.response.status_code,error.type"),

    /** Requests being answered now. */
    HTTP_REQUESTS_IN_FLIGHT(Type.GAUGE, "HTTP requests that are being answered.", "http.requests.in.flight - method",
            "http.requests.in.flight - method", "http.server.active_requests - http.request.method,url.scheme"),

    /** Time until a called service answered. */
    HTTP_CLIENT_REQUEST_DURATION(Type.HISTOGRAM, "Time until a called service answered an HTTP request.",
            "http.client.request.duration seconds method,host,route,code",
            "http.client.requests seconds method,client.name,uri,status,outcome,exception,error",
            "http.client.request.duration seconds http.request.method,server.address,server.port,url.template,http.response.status_code,error.type"),

    /** CPU time of the process. */
    PROCESS_CPU(Type.COUNTER, "User and system CPU time of the process.", "process.cpu seconds", "process.cpu.time ns",
            "jvm.cpu.time seconds"),

    /** Resident memory, on Linux. */
    PROCESS_RESIDENT_MEMORY(Type.GAUGE, "Resident memory of the process.", "process.resident.memory bytes",
            "process.resident.memory bytes", "process.memory.usage bytes"),

    /** File descriptors in use. */
    PROCESS_OPEN_FDS(Type.GAUGE, "Open file descriptors.", "process.open.fds -", "process.files.open files",
            "jvm.file_descriptor.count -"),

    /** File descriptors allowed. */
    PROCESS_MAX_FDS(Type.GAUGE, "File descriptors that may be open.", "process.max.fds -", "process.files.max files",
            "jvm.file_descriptor.limit -"),

    /** Start of the process. */
    PROCESS_START_TIME(Type.GAUGE, "Start of the process, in seconds since the Unix epoch.",
            "process.start.time seconds"),

    /** Live threads. */
    JVM_THREADS_CURRENT(Type.GAUGE, "Live platform threads.", "jvm.threads.current -", "jvm.threads.live threads",
            MetricForm.NONE),

    /** Live threads by state. */
    JVM_THREADS_STATE(Type.GAUGE, "Live platform threads by state.", "jvm.threads.state - state",
            "jvm.threads.states threads state", "jvm.thread.count - jvm.thread.state"),

    /** Memory in use. */
    JVM_MEMORY_USED(Type.GAUGE, "Memory in use.", "jvm.memory.used bytes area", "jvm.memory.used bytes area,id",
            "jvm.memory.used bytes jvm.memory.type,jvm.memory.pool.name"),

    /** Memory that the JVM holds. */
    JVM_MEMORY_COMMITTED(Type.GAUGE, "Memory that the JVM holds.", "jvm.memory.committed bytes area",
            "jvm.memory.committed bytes area,id", "jvm.memory.committed bytes jvm.memory.type,jvm.memory.pool.name"),

    /** Memory that the JVM may use. */
    JVM_MEMORY_MAX(Type.GAUGE, "Memory that the JVM may use, where it is limited.", "jvm.memory.max bytes area",
            "jvm.memory.max bytes area,id", "jvm.memory.limit bytes jvm.memory.type,jvm.memory.pool.name"),

    /** Pauses of the garbage collector. */
    JVM_GC_PAUSE(Type.HISTOGRAM, "Pauses of the garbage collector.", "jvm.gc.pause seconds gc,action,cause",
            "jvm.gc.pause seconds gc,action,cause", "jvm.gc.duration seconds jvm.gc.name,jvm.gc.action,jvm.gc.cause"),

    /** Log events. */
    LOG_EVENTS(Type.COUNTER, "Log events that passed their logger's level.", "log.events - level",
            "logback.events events level"),

    /** Threads at work in an executor. */
    EXECUTOR_THREADS_ACTIVE(Type.GAUGE, "Threads of an executor at work.", "executor.threads.active - name",
            "executor.active threads name"),

    /** Threads in an executor. */
    EXECUTOR_THREADS_CURRENT(Type.GAUGE, "Threads of an executor.", "executor.threads.current - name",
            "executor.pool.size threads name"),

    /** Threads allowed in an executor. */
    EXECUTOR_THREADS_MAX(Type.GAUGE, "Threads that an executor may have.", "executor.threads.max - name",
            "executor.pool.max threads name"),

    /** Tasks that wait. */
    EXECUTOR_TASKS_QUEUED(Type.GAUGE, "Tasks that wait for a thread.", "executor.tasks.queued - name",
            "executor.queued tasks name"),

    /** Tasks done. */
    EXECUTOR_TASKS_COMPLETED(Type.COUNTER, "Tasks done by an executor.", "executor.tasks.completed - name",
            "executor.completed tasks name"),

    /** Connections lent. */
    HIKARICP_CONNECTIONS_ACTIVE(Type.GAUGE, "Connections in use.", "hikaricp.connections.active - pool",
            "hikaricp.connections.active - pool",
            "db.client.connection.count - db.client.connection.pool.name,db.client.connection.state=used"),

    /** Connections at rest. */
    HIKARICP_CONNECTIONS_IDLE(Type.GAUGE, "Connections at rest.", "hikaricp.connections.idle - pool",
            "hikaricp.connections.idle - pool",
            "db.client.connection.count - db.client.connection.pool.name,db.client.connection.state=idle"),

    /** Threads that wait for a connection. */
    HIKARICP_CONNECTIONS_PENDING(Type.GAUGE, "Threads that wait for a connection.",
            "hikaricp.connections.pending - pool", "hikaricp.connections.pending - pool",
            "db.client.connection.pending_requests - db.client.connection.pool.name"),

    /** Connections allowed. */
    HIKARICP_CONNECTIONS_MAX(Type.GAUGE, "Connections that the pool may have.", "hikaricp.connections.max - pool",
            "hikaricp.connections.max - pool", "db.client.connection.max - db.client.connection.pool.name"),

    /** Waits for a connection that were given up. */
    HIKARICP_CONNECTIONS_TIMEOUT(Type.COUNTER, "Waits for a connection that were given up.",
            "hikaricp.connections.timeout - pool", "hikaricp.connections.timeout - pool",
            "db.client.connection.timeouts - db.client.connection.pool.name"),

    /** Waits for a connection. */
    HIKARICP_CONNECTIONS_ACQUIRE(Type.SUMMARY, "Time to get a connection from the pool.",
            "hikaricp.connections.acquire seconds pool", "hikaricp.connections.acquire seconds pool",
            "db.client.connection.wait_time seconds db.client.connection.pool.name"),

    /** Request threads at work, with <code>server.tomcat.mbeanregistry.enabled</code>. */
    TOMCAT_THREADS_BUSY(Type.GAUGE, "Request threads of Tomcat at work.", "tomcat.threads.busy - name",
            "tomcat.threads.busy threads name"),

    /** Request threads allowed, with <code>server.tomcat.mbeanregistry.enabled</code>. */
    TOMCAT_THREADS_MAX(Type.GAUGE, "Request threads that Tomcat may have.", "tomcat.threads.max - name",
            "tomcat.threads.config.max threads name"),

    /** Request threads at work. */
    JETTY_THREADS_BUSY(Type.GAUGE, "Request threads of Jetty at work.", "jetty.threads.busy -"),

    /** Request threads allowed. */
    JETTY_THREADS_MAX(Type.GAUGE, "Request threads that Jetty may have.", "jetty.threads.max -",
            "jetty.threads.config.max -"),

    /** Work that waits for a thread. */
    JETTY_THREADS_JOBS(Type.GAUGE, "Jobs that wait for a thread of Jetty.", "jetty.threads.jobs -"),

    /** What runs. */
    BUILD_INFO(Type.INFO, "Version and commit of the application.", "build.info - version,commit",
            "build.info - version,commit", "target.info - service.version,vcs.ref.head.revision,service.name"),

    /** What the last scrape took. */
    SCRAPE_DURATION(Type.GAUGE, "Time that the last scrape took.", "observability.scrape.duration seconds"),

    /** How large the last scrape was. */
    SCRAPE_BODY(Type.GAUGE, "Size of the last scrape as it was sent.", "observability.scrape.body bytes"),

    /** How much the last scrape showed. */
    SCRAPE_SERIES(Type.GAUGE, "Series that the last scrape showed.", "observability.scrape.series -"),

    /** Scrapes that were one too many. */
    SCRAPES_REFUSED(Type.COUNTER, "Scrapes refused while as many as allowed were being answered.",
            "observability.scrapes.refused -");

    private final Type type;

    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // Filled by the constructor alone.
    private final Map<MetricNaming, MetricForm> forms = new EnumMap<>(MetricNaming.class);

    MetricName(Type type, String help, String conventional) {
        this(type, help, conventional, conventional);
    }

    MetricName(Type type, String help, String conventional, String micrometer) {
        this(type, help, conventional, micrometer, conventional);
    }

    MetricName(Type type, String help, String conventional, String micrometer, String otel) {
        this.type = type;
        this.help = help;
        put(MetricNaming.CONVENTIONAL, conventional);
        put(MetricNaming.MICROMETER, micrometer);
        put(MetricNaming.OTEL, otel);
    }

    private void put(MetricNaming naming, String form) {
        if (!form.isEmpty()) {
            this.forms.put(naming, MetricForm.parse(this.type, form));
        }
    }

    /**
     * What the family is called in a dialect.
     * @param naming the dialect
     * @return the form, or {@code null} if the dialect tells the same by another family
     */
    public @Nullable MetricForm in(MetricNaming naming) {
        return this.forms.get(naming);
    }

    /**
     * Conventional form, which every family has.
     * @return the form
     */
    private MetricForm conventional() {
        return Objects.requireNonNull(this.forms.get(MetricNaming.CONVENTIONAL));
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
        return conventional().meter();
    }

    /**
     * Base unit.
     * @return the unit, or {@code null} for a plain number
     */
    public @Nullable String unit() {
        return conventional().unit();
    }

    /**
     * Names of the labels.
     * @return the labels, in the order in which they are documented
     */
    public List<String> labels() {
        return conventional().labels();
    }

    /**
     * Help text of the family.
     * @return one sentence
     */
    public String help() {
        return this.help;
    }

    /**
     * Help text of the family in a dialect, where a family may hold more.
     * @param naming the dialect
     * @return one sentence
     */
    String help(MetricNaming naming) {
        MetricForm form = in(naming);
        return (form != null && !form.constants().isEmpty()) ? "Connections of a pool by state." : this.help;
    }

    /**
     * Name of the family in a scrape.
     * @return the name, such as {@code http_requests_total}
     */
    public String family() {
        return conventional().family();
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
