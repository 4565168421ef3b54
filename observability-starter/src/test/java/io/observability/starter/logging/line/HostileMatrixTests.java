package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
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
    void leavesOneWholeLineWithTheText(LineSchema schema, HostilePlace place) {
        JsonLineWriter writer = new JsonLineWriter(schema, SERVICE);
        HostileStrings.ALL.forEach((name, text) -> {
            HostileEvent event = place.event(this.context, text);
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
    void noLineIsLongerThanChosen(LineSchema schema, HostilePlace place) {
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
    private HostileEvent everything(String text) {
        String repeated = text.repeat(40_000 / text.length());
        HostileEvent event = HostilePlace.MESSAGE.event(this.context, repeated + "{} {}");
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
        HostilePlace.fail(event, failure);
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
            for (HostilePlace place : HostilePlace.values()) {
                // Identifiers come from the context and nowhere else.
                if (place.isName && !(place == HostilePlace.CONTEXT_KEY && ContextKeys.isIdentifier(reserved))) {
                    HostileEvent event = place.event(this.context, reserved);
                    JsonNode node = read(writer.toBytes(event), reserved + " as " + place);
                    JsonNode own = node.get(reserved);
                    assertThat(own == null || reserved.equals(schema.fieldsIn())
                            || !own.toString().contains(HostilePlace.VALUE))
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
            HostileEvent event = HostilePlace.KEY.event(this.context, text);
            event.mdc = Map.of(text, HostilePlace.VALUE);
            event.addKeyValuePair(new KeyValuePair(text, HostilePlace.VALUE));
            event.addMarker(Markers.append(text, HostilePlace.VALUE)
                .and(Markers.appendEntries(Map.of(text, HostilePlace.VALUE))));
            String line = read(writer.toBytes(event), name).toString();
            assertThat(line.split(HostilePlace.VALUE, -1)).as("%s in %s", name, line).hasSize(6);
        });
    }

    @Test
    void areAtLeast500() {
        assertThat(HostileStrings.ALL.size() * HostilePlace.values().length).isGreaterThanOrEqualTo(500);
    }

    static List<LineSchema> schemas() {
        return LineSchema.known();
    }

    static Stream<Arguments> placesOfAllSchemas() {
        return schemas().stream()
            .flatMap((schema) -> Stream.of(HostilePlace.values()).map((place) -> Arguments.of(schema, place)));
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
            return node.toString().contains(HostilePlace.VALUE);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String found = member.getKey();
            // Labels of ECS have no dots.
            boolean same = Stream.of(name, name + "_", name.replace('.', '_'), name.replace('.', '_') + "_")
                .anyMatch(found::equals);
            if (same && member.getValue().toString().contains(HostilePlace.VALUE)) {
                return true;
            }
            if (hasName(schema, member.getValue(), name)) {
                return true;
            }
        }
        return false;
    }

}
