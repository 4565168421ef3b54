package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.logging.redaction.Redaction;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each hostile string at each place of an event where a caller may put text, in each
 * schema: one line that the strictest reader takes, with the text in it.
 */
class HostileMatrixTests {

    private static final ServiceIdentity SERVICE = new ServiceIdentity("shop", null, null);

    private final LoggerContext context = new LoggerContext();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("placesOfAllSchemas")
    void leavesOneWholeLineWithTheText(LineSchema schema, Place place) {
        JsonLineWriter writer = new JsonLineWriter(schema, SERVICE);
        HostileStrings.ALL.forEach((name, text) -> {
            Event event = place.event(this.context, text);
            byte[] line = writer.toBytes(event);
            String called = "\"%s\" as %s in %s".formatted(name, place, schema);
            JsonNode node = read(line, called);
            String expected = HostileStrings.asRead(text);
            if (expected.length() <= place.most && !(place.isName && expected.isEmpty())) {
                assertThat(place.isName ? hasName(schema, node, expected) : hasText(node, expected))
                    .as("%s: %s", called, node)
                    .isTrue();
            }
        });
        assertThat(writer.counts().minimalLines()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("placesOfAllSchemas")
    void noLineIsLongerThanChosen(LineSchema schema, Place place) {
        for (int most : new int[] { LineOptions.MIN_LINE, LineOptions.MIN_LINE * 4 }) {
            JsonLineWriter writer = writer(schema, most, most == LineOptions.MIN_LINE);
            HostileStrings.ALL.forEach((name, text) -> {
                String called = "\"%s\" as %s in %s of %d".formatted(name, place, schema, most);
                read(writer.toBytes(place.event(this.context, text)), called, most);
            });
            assertThat(writer.counts().minimalLines()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}, root cause first {1}")
    @MethodSource("schemasAndStacks")
    void aLineWithTooMuchOfEverythingIsCutVisiblyAndCounted(LineSchema schema, boolean rootCauseFirst) {
        for (int most : new int[] { LineOptions.MIN_LINE, LineOptions.MIN_LINE * 4, LineOptions.DEFAULT_LINE }) {
            JsonLineWriter writer = writer(schema, most, rootCauseFirst);
            HostileStrings.ALL.forEach((name, text) -> {
                if (text.isEmpty() || text.length() > 10_000) {
                    return;
                }
                String called = "\"%s\" everywhere in %s of %d".formatted(name, schema, most);
                long cut = writer.counts().cutLines();
                JsonNode node = read(writer.toBytes(everything(text)), called, most);
                assertThat(writer.counts().cutLines()).as(called).isEqualTo(cut + 1);
                assertThat(node.toString()).as(called).contains(" chars cut]");
            });
            assertThat(writer.counts().minimalLines()).as("%s of %d", schema, most).isZero();
        }
    }

    static Stream<Arguments> schemasAndStacks() {
        return schemas().stream()
            .flatMap((schema) -> Stream.of(Arguments.of(schema, true), Arguments.of(schema, false)));
    }

    // All that a caller has a say in, and the context of the failure besides.
    private Event everything(String text) {
        String repeated = text.repeat(40_000 / text.length());
        Event event = Place.MESSAGE.event(this.context, repeated + "{} {}");
        event.thread = repeated;
        Map<String, String> context = new LinkedHashMap<>(Map.of("span_id", repeated, "request_id", repeated));
        Map<String, String> ofFailure = new LinkedHashMap<>(Map.of("trace_id", repeated));
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            context.put(text + i, repeated);
            ofFailure.put(i + text, repeated);
            event.addKeyValuePair(new KeyValuePair(text + i, List.of(repeated, Map.of(repeated, repeated))));
            event.addMarker(new BasicMarkerFactory().getDetachedMarker(i + repeated));
            arguments.add(Long.MIN_VALUE);
            arguments.add(StructuredArguments.kv(text, repeated));
        }
        event.mdc = context;
        event.setArgumentArray(arguments.toArray());
        Exception root = failure(repeated, new IllegalArgumentException(repeated));
        root.addSuppressed(failure(repeated, new IllegalArgumentException(repeated)));
        Exception failure = failure(repeated, root);
        FailureContexts.remember(failure, ofFailure);
        Place.fail(event, failure);
        return event;
    }

    private static Exception failure(String text, Throwable cause) {
        Exception failure = new IllegalStateException(text, cause);
        StackTraceElement[] frames = new StackTraceElement[60];
        Arrays.fill(frames, new StackTraceElement(text, text, text, 7));
        failure.setStackTrace(frames);
        return failure;
    }

    private static JsonLineWriter writer(LineSchema schema, int most, boolean rootCauseFirst) {
        StackOptions stack = new StackOptions(256, LineOptions.MAX_LINE / 4, rootCauseFirst, List.of());
        return new JsonLineWriter(schema, SERVICE,
                new LineOptions(Redaction.standard(), null, stack).withMaxLine(most));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void noCallerTakesANameOfTheLine(LineSchema schema) {
        JsonLineWriter writer = new JsonLineWriter(schema, SERVICE);
        for (String reserved : schema.reservedNames()) {
            for (Place place : Place.values()) {
                // Identifiers come from the context and nowhere else.
                if (place.isName && !(place == Place.CONTEXT_KEY && ContextKeys.isIdentifier(reserved))) {
                    Event event = place.event(this.context, reserved);
                    JsonNode node = read(writer.toBytes(event), reserved + " as " + place);
                    JsonNode own = node.get(reserved);
                    assertThat(
                            own == null || reserved.equals(schema.fieldsIn()) || !own.toString().contains(Place.VALUE))
                        .as("%s as %s in %s", reserved, place, node)
                        .isTrue();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void sameNamesFromAllSidesStayApart(LineSchema schema) {
        JsonLineWriter writer = new JsonLineWriter(schema, SERVICE);
        HostileStrings.ALL.forEach((name, text) -> {
            Event event = Place.KEY.event(this.context, text);
            event.mdc = Map.of(text, Place.VALUE);
            event.addKeyValuePair(new KeyValuePair(text, Place.VALUE));
            event.addMarker(Markers.append(text, Place.VALUE).and(Markers.appendEntries(Map.of(text, Place.VALUE))));
            String line = read(writer.toBytes(event), name).toString();
            assertThat(line.split(Place.VALUE, -1)).as("%s in %s", name, line).hasSize(6);
        });
    }

    @Test
    void areAtLeast500() {
        assertThat(HostileStrings.ALL.size() * Place.values().length).isGreaterThanOrEqualTo(500);
    }

    static List<LineSchema> schemas() {
        return LineSchema.known();
    }

    static Stream<Arguments> placesOfAllSchemas() {
        return schemas().stream()
            .flatMap((schema) -> Stream.of(Place.values()).map((place) -> Arguments.of(schema, place)));
    }

    private static JsonNode read(byte[] line, String called) {
        return read(line, called, LineOptions.DEFAULT_LINE);
    }

    private static JsonNode read(byte[] line, String called, int most) {
        try {
            return EncodedLog.strict(line, most);
        }
        catch (Throwable ex) {
            throw new AssertionError(called, ex);
        }
    }

    private static boolean hasText(JsonNode node, String text) {
        if (node.isString()) {
            return node.asString().contains(text);
        }
        for (JsonNode child : node.values()) {
            if (hasText(child, text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasName(LineSchema schema, JsonNode node, String name) {
        if (schema == LineSchema.LOKI) {
            // Its names are made of letters, digits and underscores.
            return node.toString().contains(Place.VALUE);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String found = member.getKey();
            // Labels of ECS have no dots.
            boolean same = Stream.of(name, name + "_", name.replace('.', '_'), name.replace('.', '_') + "_")
                .anyMatch(found::equals);
            if (same && member.getValue().toString().contains(Place.VALUE)) {
                return true;
            }
            if (hasName(schema, member.getValue(), name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a caller may put text.
     */
    enum Place {

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

        KEY(true, (event, text) -> event.addKeyValuePair(new KeyValuePair(text, Place.VALUE))),

        CONTEXT_KEY(true, (event, text) -> event.mdc = Map.of(text, Place.VALUE)),

        KEY_OF_MAP(true,
                (event, text) -> event
                    .addKeyValuePair(new KeyValuePair("k", new HashMap<>(Map.of(text, Place.VALUE))))),

        KEY_OF_ARGUMENT(true,
                (event, text) -> event.setArgumentArray(new Object[] { StructuredArguments.kv(text, Place.VALUE) })),

        KEY_OF_MARKER(true, (event, text) -> event.addMarker(Markers.append(text, Place.VALUE))),

        KEY_OF_ENTRIES(true, (event, text) -> event
            .addMarker(Markers.appendEntries(new LinkedHashMap<>(Map.of(text, Place.VALUE)))));

        static final String VALUE = "value-of-the-caller";

        final int most;

        final boolean isName;

        private final BiConsumer<Event, String> put;

        Place(int most, BiConsumer<Event, String> put) {
            this.most = most;
            this.isName = false;
            this.put = put;
        }

        Place(boolean isName, BiConsumer<Event, String> put) {
            this.most = LineLimits.KEY_CHARS;
            this.isName = isName;
            this.put = put;
        }

        Event event(LoggerContext context, String text) {
            boolean named = this == LOGGER && text.length() < 10_000;
            Event event = new Event();
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

        private static void fail(LoggingEvent event, Throwable failure) {
            event.setThrowableProxy(new ThrowableProxy(failure));
        }

    }

    /**
     * An event whose parts may be set again.
     */
    static final class Event extends LoggingEvent {

        private String thread = "main";

        private Map<String, String> mdc = Map.of();

        @Override
        public String getThreadName() {
            return this.thread;
        }

        @Override
        public Map<String, String> getMDCPropertyMap() {
            return this.mdc;
        }

    }

}
