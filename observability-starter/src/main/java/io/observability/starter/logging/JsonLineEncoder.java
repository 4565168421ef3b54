package io.observability.starter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.observability.starter.logging.line.JsonLineWriter;
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

    @Override
    public void start() {
        this.writer = new JsonLineWriter(this.schema,
                new ServiceIdentity(this.serviceName, this.serviceVersion, this.environment));
        super.start();
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
