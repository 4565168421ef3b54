package io.observability.starter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.util.FileSize;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineOptions;
import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.logging.line.ServiceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The log line as an ordinary Logback encoder, for an application with a
 * {@code logback.xml} of its own. Thread-safe once started.
 *
 * @since 0.1.0
 */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private LineSchema schema = LineSchema.LOGSTASH;

    private String serviceName = ServiceIdentity.UNKNOWN;

    private @Nullable String serviceVersion;

    private @Nullable String environment;

    private int maxLine = LineOptions.DEFAULT_LINE;

    private @Nullable JsonLineWriter writer;

    /**
     * Set the names of the line's members.
     * @param schema the id of a {@link LineSchema}
     */
    public void setSchema(String schema) {
        this.schema = LineSchema.of(schema);
    }

    /**
     * Set the name of the service.
     * @param serviceName the name
     */
    public void setServiceName(String serviceName) {
        this.serviceName = serviceName;
    }

    /**
     * Set the version of the service.
     * @param serviceVersion the version
     */
    public void setServiceVersion(@Nullable String serviceVersion) {
        this.serviceVersion = serviceVersion;
    }

    /**
     * Set the environment that the service runs in.
     * @param environment the environment
     */
    public void setEnvironment(@Nullable String environment) {
        this.environment = environment;
    }

    /**
     * Set the longest line; what does not fit is cut.
     * @param maxLine the size, from {@code 16KB} to {@code 1MB}
     */
    public void setMaxLine(FileSize maxLine) {
        this.maxLine = (int) Math.min(maxLine.getSize(), Integer.MAX_VALUE);
    }

    @Override
    public void start() {
        try {
            this.writer = new JsonLineWriter(this.schema,
                    new ServiceIdentity(this.serviceName, this.serviceVersion, this.environment),
                    LineOptions.defaults().withMaxLine(this.maxLine));
            super.start();
        }
        catch (IllegalArgumentException ex) {
            addError("Could not start the encoder: " + ex.getMessage(), ex);
        }
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte @Nullable [] encode(ILoggingEvent event) {
        JsonLineWriter started = this.writer;
        return (started != null) ? started.toBytes(event) : null;
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }

}
