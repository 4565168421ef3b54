package io.observability.starter.logging.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.observability.starter.logging.delivery.FullPolicy;
import io.observability.starter.logging.line.LineField;
import io.observability.starter.logging.line.LineOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the log lines. They are read before there is an application context.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.logging")
public class LoggingProperties {

    /**
     * Whether log lines are written as JSON and carry the request's ids.
     */
    private boolean enabled = true;

    /**
     * Format of the log lines.
     */
    private LogFormat format = LogFormat.JSON;

    /**
     * File that log lines are written to besides the console. Short for
     * 'logging.file.name', and checked at start.
     */
    private @Nullable String file;

    /**
     * Names of the line's members.
     */
    private String schema = "logstash";

    /**
     * Class of a Logback encoder that makes the lines in place of the starter's own, such
     * as 'net.logstash.logback.encoder.LogstashEncoder'.
     */
    private @Nullable String encoder;

    /**
     * Whether a thread of its own writes the lines. Otherwise the thread that logs does.
     */
    private boolean async = true;

    /**
     * What happens to a line that finds no room.
     */
    private FullPolicy whenFull = FullPolicy.DROP_DEBUG_FIRST;

    /**
     * Longest line, from 16KB to 1MB. What does not fit is cut. A line that waits for a
     * thread of its own has at most a sixteenth of the 'ring-size'.
     */
    private DataSize maxLine = DataSize.ofKilobytes(256);

    /**
     * Memory for lines that wait, for each destination. From 256KB to 256MB, and at least
     * sixteen times the 'max-line' that is set.
     */
    private DataSize ringSize = DataSize.ofMegabytes(4);

    /**
     * Time that a line may wait for room. At most 10s.
     */
    private Duration maxWait = Duration.ofMillis(100);

    /**
     * Time that the caller of an ERROR line waits until it is written. At most 10s.
     */
    private Duration maxErrorWait = Duration.ofMillis(500);

    /**
     * Time that the shutdown waits for lines that are still to be written. At most 5m.
     */
    private Duration shutdownTimeout = Duration.ofSeconds(5);

    /**
     * Files that take some of the lines, by a name for each.
     */
    private final Map<String, LevelFileProperties> files = new LinkedHashMap<>();

    /**
     * Names of the line's members that differ from the schema. 'a>b' is a member 'b'
     * inside an object 'a', and an empty name leaves the member out.
     */
    private final Map<LineField, String> names = new LinkedHashMap<>();

    /**
     * Keys of the MDC that become fields besides the ids of the request. All keys when
     * not set.
     */
    private Set<String> contextKeys = new LinkedHashSet<>();

    /**
     * Fields that lines should have; how many lack them is a metric. The name, version
     * and environment of the service by their OpenTelemetry names, and keys of the MDC,
     * which are asked of the lines of requests alone. Up to 8.
     */
    private Set<String> requiredFields = new LinkedHashSet<>(LineOptions.REQUIRED_FIELDS);

    private final Service service = new Service();

    @NestedConfigurationProperty
    private final StackProperties stack = new StackProperties();

    @NestedConfigurationProperty
    private final RedactionProperties redaction = new RedactionProperties();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public LogFormat getFormat() {
        return this.format;
    }

    public void setFormat(LogFormat format) {
        this.format = format;
    }

    public @Nullable String getFile() {
        return this.file;
    }

    public void setFile(@Nullable String file) {
        this.file = file;
    }

    public String getSchema() {
        return this.schema;
    }

    public void setSchema(String schema) {
        this.schema = schema;
    }

    public @Nullable String getEncoder() {
        return this.encoder;
    }

    public void setEncoder(@Nullable String encoder) {
        this.encoder = encoder;
    }

    public boolean isAsync() {
        return this.async;
    }

    public void setAsync(boolean async) {
        this.async = async;
    }

    public FullPolicy getWhenFull() {
        return this.whenFull;
    }

    public void setWhenFull(FullPolicy whenFull) {
        this.whenFull = whenFull;
    }

    public DataSize getMaxLine() {
        return this.maxLine;
    }

    public void setMaxLine(DataSize maxLine) {
        this.maxLine = maxLine;
    }

    public DataSize getRingSize() {
        return this.ringSize;
    }

    public void setRingSize(DataSize ringSize) {
        this.ringSize = ringSize;
    }

    public Duration getMaxWait() {
        return this.maxWait;
    }

    public void setMaxWait(Duration maxWait) {
        this.maxWait = maxWait;
    }

    public Duration getMaxErrorWait() {
        return this.maxErrorWait;
    }

    public void setMaxErrorWait(Duration maxErrorWait) {
        this.maxErrorWait = maxErrorWait;
    }

    public Duration getShutdownTimeout() {
        return this.shutdownTimeout;
    }

    public void setShutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
    }

    public Map<String, LevelFileProperties> getFiles() {
        return this.files;
    }

    public Map<LineField, String> getNames() {
        return this.names;
    }

    public Set<String> getContextKeys() {
        return this.contextKeys;
    }

    public void setContextKeys(Set<String> contextKeys) {
        this.contextKeys = contextKeys;
    }

    public StackProperties getStack() {
        return this.stack;
    }

    public RedactionProperties getRedaction() {
        return this.redaction;
    }

    public Set<String> getRequiredFields() {
        return this.requiredFields;
    }

    public void setRequiredFields(Set<String> requiredFields) {
        this.requiredFields = requiredFields;
    }

    public Service getService() {
        return this.service;
    }

    /**
     * Who the service is, on each line.
     */
    public static class Service {

        /**
         * Name of the service. Taken from the OpenTelemetry resource attribute
         * 'service.name' or from 'spring.application.name' when not set.
         */
        private @Nullable String name;

        /**
         * Version of the service. Taken from the OpenTelemetry resource attribute
         * 'service.version' or from 'spring.application.version' when not set.
         */
        private @Nullable String version;

        /**
         * Environment that the service runs in. Taken from the OpenTelemetry resource
         * attribute 'deployment.environment.name' when not set.
         */
        private @Nullable String environment;

        public @Nullable String getName() {
            return this.name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        public @Nullable String getVersion() {
            return this.version;
        }

        public void setVersion(@Nullable String version) {
            this.version = version;
        }

        public @Nullable String getEnvironment() {
            return this.environment;
        }

        public void setEnvironment(@Nullable String environment) {
            this.environment = environment;
        }

    }

}
