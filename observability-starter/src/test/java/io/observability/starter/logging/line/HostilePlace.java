package io.observability.starter.logging.line;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/**
 * Where a caller may put text.
 */
enum HostilePlace {

    MESSAGE(8192, (event, text) -> event.setMessage(text)),

    ARGUMENT(8192, (event, text) -> {
        event.setMessage("a {} b");
        event.setArgumentArray(new Object[] { text });
    }),

    OBJECT_ARGUMENT(8192, (event, text) -> {
        event.setMessage("{}");
        event.setArgumentArray(new Object[] { new StringBuilder(text) });
    }),

    ARRAY_ARGUMENT(8192, (event, text) -> {
        event.setMessage("{}");
        event.setArgumentArray(new Object[] { new String[] { text } });
    }),

    THREAD(128, (event, text) -> event.thread = text),

    LOGGER(128, (event, text) -> {
    }),

    VALUE_OF_PAIR(4096, (event, text) -> event.addKeyValuePair(new KeyValuePair("k", text))),

    OBJECT_OF_PAIR(4096, (event, text) -> event.addKeyValuePair(new KeyValuePair("k", new StringBuilder(text)))),

    ELEMENT(4096, (event, text) -> event.addKeyValuePair(new KeyValuePair("k", List.of(text, text)))),

    CONTEXT_VALUE(4096, (event, text) -> event.mdc = Map.of("k", text)),

    TRACE_ID(128, (event, text) -> event.mdc = Map.of("trace_id", text)),

    MARKER(128, (event, text) -> event.addMarker(new BasicMarkerFactory().getDetachedMarker(text))),

    ARGUMENT_OF_LOGSTASH(4096,
            (event, text) -> event.setArgumentArray(new Object[] { StructuredArguments.value("k", text) })),

    // Jackson refuses to write half a pair; the field says so.
    FIELDS_OF_LOGSTASH(4096,
            (event, text) -> event.addMarker(Markers.appendEntries(Map.of("k", new String[] { text })))),

    RAW_OF_LOGSTASH(0, (event, text) -> event.addMarker(Markers.appendRaw("k", text))),

    FAILURE(2048, (event, text) -> fail(event, new IllegalStateException(text))),

    CAUSE(2048, (event, text) -> fail(event, new IllegalStateException("x", new IllegalArgumentException(text)))),

    SUPPRESSED(2048, (event, text) -> {
        Exception failure = new IllegalStateException("x");
        failure.addSuppressed(new IllegalArgumentException(text));
        fail(event, failure);
    }),

    FRAME(128, (event, text) -> {
        Exception failure = new IllegalStateException("x");
        failure.setStackTrace(new StackTraceElement[] { new StackTraceElement("A" + text, text, text, 7) });
        fail(event, failure);
    }),

    KEY(true, (event, text) -> event.addKeyValuePair(new KeyValuePair(text, HostilePlace.VALUE))),

    CONTEXT_KEY(true, (event, text) -> event.mdc = Map.of(text, HostilePlace.VALUE)),

    KEY_OF_MAP(true,
            (event, text) -> event
                .addKeyValuePair(new KeyValuePair("k", new HashMap<>(Map.of(text, HostilePlace.VALUE))))),

    KEY_OF_ARGUMENT(true,
            (event, text) -> event.setArgumentArray(new Object[] { StructuredArguments.kv(text, HostilePlace.VALUE) })),

    KEY_OF_MARKER(true, (event, text) -> event.addMarker(Markers.append(text, HostilePlace.VALUE))),

    KEY_OF_ENTRIES(true, (event, text) -> event
        .addMarker(Markers.appendEntries(new LinkedHashMap<>(Map.of(text, HostilePlace.VALUE)))));

    static final String VALUE = "value-of-the-caller";

    final int most;

    final boolean isName;

    private final BiConsumer<HostileEvent, String> put;

    HostilePlace(int most, BiConsumer<HostileEvent, String> put) {
        this.most = most;
        this.isName = false;
        this.put = put;
    }

    HostilePlace(boolean isName, BiConsumer<HostileEvent, String> put) {
        this.most = LineLimits.KEY_CHARS;
        this.isName = isName;
        this.put = put;
    }

    HostileEvent event(LoggerContext context, String text) {
        boolean named = this == LOGGER && text.length() < 10_000;
        HostileEvent event = new HostileEvent();
        event.setLoggerContext(context);
        event.setLoggerName(named ? text : "com.example.Shop");
        event.setLevel(Level.INFO);
        event.setTimeStamp(1_700_000_000_000L);
        this.put.accept(event, text);
        if (event.getMessage() == null) {
            event.setMessage("m");
        }
        return event;
    }

    static void fail(LoggingEvent event, Throwable failure) {
        event.setThrowableProxy(new ThrowableProxy(failure));
    }

}
