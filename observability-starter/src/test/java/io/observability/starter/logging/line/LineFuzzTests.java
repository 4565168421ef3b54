package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is in the event: one line that the strictest reader takes. Goes on looking for
 * an event that breaks it with
 * {@code JAZZER_FUZZ=1 mvn test -pl observability-starter -Dtest=LineFuzzTests#anyEvent*}.
 */
class LineFuzzTests {

    private static final LoggerContext CONTEXT = new LoggerContext();

    private static final Map<JsonLineWriter, Integer> WRITERS = new HashMap<>();

    static {
        for (LineSchema schema : LineSchema.known()) {
            for (int most : new int[] { LineOptions.DEFAULT_LINE, LineOptions.MIN_LINE }) {
                WRITERS.put(new JsonLineWriter(schema, new ServiceIdentity("shop", "1", "test"),
                        LineOptions.defaults().withMaxLine(most)), most);
            }
        }
    }

    @FuzzTest(maxDuration = "3m")
    void anyEventIsOneLine(FuzzedDataProvider data) {
        LoggingEvent event = event(data);
        WRITERS.forEach((writer, most) -> {
            EncodedLog.strict(writer.toBytes(event), most);
            if (writer.counts().minimalLines() > 0) {
                throw new AssertionError("A minimal line");
            }
        });
    }

    @FuzzTest(maxDuration = "3m")
    void anyTextIsReadAsItWas(FuzzedDataProvider data) {
        int limit = data.consumeInt(0, 4096);
        String text = data.consumeRemainingAsString();
        LineBuffer out = new LineBuffer(64);
        boolean whole = JsonText.quoted(out, text, limit);
        JsonNode read = EncodedLog.STRICT.readTree(out.toByteArray());
        if (whole && !read.asString().equals(HostileStrings.asRead(text))) {
            throw new AssertionError("Read as " + read);
        }
    }

    private static LoggingEvent event(FuzzedDataProvider data) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(CONTEXT);
        event.setLoggerName(text(data));
        event.setThreadName(text(data));
        event.setLevel(data.pickValue(List.of(Level.TRACE, Level.INFO, Level.ERROR)));
        event.setTimeStamp(data.consumeLong());
        event.setMessage(text(data));
        Map<String, String> context = new HashMap<>();
        while (data.consumeBoolean()) {
            context.put(text(data), text(data));
        }
        event.setMDCPropertyMap(context);
        while (data.consumeBoolean()) {
            event.addKeyValuePair(new KeyValuePair(text(data), value(data, 0)));
        }
        List<Object> arguments = new ArrayList<>();
        while (data.consumeBoolean()) {
            arguments.add(data.consumeBoolean() ? StructuredArguments.kv(text(data), value(data, 0)) : value(data, 0));
        }
        if (!arguments.isEmpty()) {
            event.setArgumentArray(arguments.toArray());
        }
        if (data.consumeBoolean()) {
            event.addMarker(Markers.append(text(data), value(data, 0)).and(Markers.appendRaw(text(data), text(data))));
            event.addMarker(new BasicMarkerFactory().getDetachedMarker(text(data)));
        }
        if (data.consumeBoolean()) {
            event.setThrowableProxy(new ThrowableProxy(failure(data, 0)));
        }
        return event;
    }

    private static Throwable failure(FuzzedDataProvider data, int depth) {
        Exception failure = new IllegalStateException(text(data),
                (depth < 4 && data.consumeBoolean()) ? failure(data, depth + 1) : null);
        if (depth < 4 && data.consumeBoolean()) {
            failure.addSuppressed(failure(data, depth + 1));
        }
        failure.setStackTrace(new StackTraceElement[] {
                new StackTraceElement(text(data), text(data), text(data), data.consumeInt(-3, 1000)) });
        return failure;
    }

    private static Object value(FuzzedDataProvider data, int depth) {
        return switch (data.consumeInt(0, (depth < 4) ? 8 : 6)) {
            case 0 -> null;
            case 1 -> data.consumeLong();
            case 2 -> data.consumeDouble();
            case 3 -> data.consumeBoolean();
            case 4 -> data.consumeFloat();
            case 5, 6 -> text(data);
            case 7 -> {
                List<Object> list = new ArrayList<>();
                while (data.consumeBoolean() && data.remainingBytes() > 0) {
                    list.add(value(data, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<Object, Object> map = new HashMap<>();
                while (data.consumeBoolean() && data.remainingBytes() > 0) {
                    map.put(text(data), value(data, depth + 1));
                }
                yield map;
            }
        };
    }

    private static String text(FuzzedDataProvider data) {
        int length = data.consumeInt(0, 80);
        // Long texts, of which the fuzzer need not make each character.
        return (length > 64) ? data.consumeString(length - 64).repeat(data.consumeInt(1, 1000))
                : data.consumeString(length);
    }

}
