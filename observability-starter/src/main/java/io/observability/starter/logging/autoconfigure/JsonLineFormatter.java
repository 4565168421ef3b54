package io.observability.starter.logging.autoconfigure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineSchema;

import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * The log line as a structured format of Spring Boot: the value of
 * {@code logging.structured.format.console} or {@code .file}. Spring Boot makes it before
 * there is an application context, hence from the environment alone. JSON is UTF-8,
 * whatever the charset of the console. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonLineFormatter implements StructuredLogFormatter<ILoggingEvent> {

    private final JsonLineWriter writer;

    /**
     * Create a formatter.
     * @param environment the application's environment
     */
    public JsonLineFormatter(Environment environment) {
        this.writer = new JsonLineWriter(LineSchema.LOGSTASH, ServiceIdentities.from(environment));
    }

    @Override
    public String format(ILoggingEvent event) {
        return new String(this.writer.toBytes(event), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] formatAsBytes(ILoggingEvent event, Charset charset) {
        return this.writer.toBytes(event);
    }

}
