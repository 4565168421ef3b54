package io.observability.starter.logging.line;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import net.logstash.logback.marker.ObjectAppendingMarker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Marker;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogstashFields}.
 */
class LogstashFieldsTests {

    private final EncodedLog log = new EncodedLog();

    @ParameterizedTest
    @MethodSource("values")
    void aValueStandsAsJacksonWouldWriteIt(Object value) {
        this.log.logger().info("{}", StructuredArguments.kv("k", value));
        JsonNode expected = JsonMapper.builder().findAndAddModules().build().readTree(json(value));
        assertThat(this.log.only().get("k")).isEqualTo(expected);
        assertThat(this.log.only().get("message").asString()).isEqualTo("k=" + StructuredArguments.toString(value));
    }

    static Stream<Object> values() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", Arrays.asList("x", null, 2.5));
        return Stream.of("text", "", "a\"b\n", 1, 2L, (short) 3, (byte) 4, 5.5, 6.25f, true, 'c',
                new BigDecimal("1.50"), UUID.fromString("550e8400-e29b-41d4-a716-446655440000"), Instant.EPOCH,
                Thread.State.NEW, map, List.of(1, 2), new Object[] { 1, "b" }, new int[] { 1, 2 },
                new Order("o-1", List.of(1, 2)), new Bean(), List.of(new Bean()), Map.of("bean", new Bean()));
    }

    @Test
    void everyKindOfArgumentGivesItsFields() {
        this.log.logger()
            .info("{} {} {} {} {} {}", StructuredArguments.kv("a", 1), StructuredArguments.v("b", "two"),
                    StructuredArguments.array("c", 1, "x"), StructuredArguments.entries(Map.of("d", 4)),
                    StructuredArguments.fields(new Bean()), StructuredArguments.raw("f", "{\"x\":[1,2.50]}"));
        JsonNode line = this.log.only();
        assertThat(line.get("message").asString()).startsWith("a=1 two c=[1, x] {d=4} ")
            .endsWith(" f={\"x\":[1,2.50]}");
        assertThat(line.get("a").asInt()).isEqualTo(1);
        assertThat(line.get("b").asString()).isEqualTo("two");
        assertThat(line.get("c").toString()).isEqualTo("[1,\"x\"]");
        assertThat(line.get("d").asInt()).isEqualTo(4);
        assertThat(line.get("colour").asString()).isEqualTo("red");
        assertThat(this.log.onlyText()).contains("\"f\":{\"x\":[1,2.50]}");
    }

    @Test
    void everyKindOfMarkerGivesItsFields() {
        Marker marker = Markers.append("a", 1)
            .and(Markers.appendEntries(Map.of("b", 2)))
            .and(Markers.appendRaw("c", "[1]"))
            .and(Markers.appendFields(new Bean()))
            .and(Markers.appendArray("d", 1, 2))
            .and(Markers.empty())
            .and(Markers.defer(() -> Markers.append("e", 5)));
        this.log.logger().info(marker, "m");
        JsonNode line = this.log.only();
        assertThat(line.get("a").asInt()).isEqualTo(1);
        assertThat(line.get("b").asInt()).isEqualTo(2);
        assertThat(line.get("c").toString()).isEqualTo("[1]");
        assertThat(line.get("colour").asString()).isEqualTo("red");
        assertThat(line.get("d").toString()).isEqualTo("[1,2]");
        assertThat(line.get("e").asInt()).isEqualTo(5);
    }

    @Test
    void argumentsOfOnesOwnWriteThemselves() {
        this.log.logger().info("{} {}", new OwnArgument(), new OwnMarker());
        assertThat(this.log.only().get("own").asInt()).isEqualTo(7);
        assertThat(this.log.only().get("k").asString()).isEqualTo("[v]");
    }

    @Test
    void brokenOnesLeaveANote() {
        Map<Object, Object> cyclic = new LinkedHashMap<>();
        cyclic.put("self", cyclic);
        this.log.logger()
            .info("m", StructuredArguments.raw("a", "{\"x\":"), StructuredArguments.raw("b", "1 2"),
                    StructuredArguments.raw("c", ""), StructuredArguments.entries(cyclic),
                    StructuredArguments.kv("message", "forged"));
        JsonNode line = this.log.only();
        assertThat(line.get("a").asString()).startsWith("[FAILED ");
        assertThat(line.get("b").asString()).startsWith("[FAILED ");
        assertThat(line.get("message").asString()).isEqualTo("m");
        assertThat(line.get("message_").asString()).isEqualTo("forged");
    }

    private static String json(Object value) {
        return JsonMapper.builder().findAndAddModules().build().writeValueAsString(value);
    }

    record Order(String id, List<Integer> lines) {
    }

    public static final class Bean {

        public String getColour() {
            return "red";
        }

    }

    private static final class OwnArgument implements StructuredArgument {

        @Override
        public void writeTo(JsonGenerator generator) {
            generator.writeNumberProperty("own", 7);
        }

        @Override
        public String toString() {
            return "own";
        }

    }

    @SuppressWarnings("serial")
    private static final class OwnMarker extends ObjectAppendingMarker {

        OwnMarker() {
            super("k", "v");
        }

        @Override
        protected void writeFieldValue(JsonGenerator generator) {
            generator.writeString("[v]");
        }

    }

}
