package io.observability.benchmarks.line;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.LogstashVersionJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelValueJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventJsonProviders;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/**
 * What a user of logstash-logback-encoder can do about its most costly part: one provider
 * that writes MDC and key-values by their type, without a databind of Jackson.
 */
final class TypedFields extends AbstractJsonProvider<ILoggingEvent> {

    static LoggingEventCompositeJsonEncoder encoder() {
        LoggingEventJsonProviders providers = new LoggingEventJsonProviders();
        providers.addTimestamp(new LoggingEventFormattedTimestampJsonProvider());
        providers.addVersion(new LogstashVersionJsonProvider<>());
        providers.addMessage(new MessageJsonProvider());
        providers.addLoggerName(new LoggerNameJsonProvider());
        providers.addThreadName(new LoggingEventThreadNameJsonProvider());
        providers.addLogLevel(new LogLevelJsonProvider());
        providers.addLogLevelValue(new LogLevelValueJsonProvider());
        providers.addStackTrace(new StackTraceJsonProvider());
        providers.addProvider(new TypedFields());
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setProviders(providers);
        return encoder;
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            generator.writeStringProperty(entry.getKey(), entry.getValue());
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                if (pair.value instanceof Integer number) {
                    generator.writeNumberProperty(pair.key, number);
                }
                else {
                    generator.writeStringProperty(pair.key, String.valueOf(pair.value));
                }
            }
        }
    }

}
