package io.observability.starter.logging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the log lines. Format, file and service are read before there is an
 * application context.
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

    private final Service service = new Service();

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
