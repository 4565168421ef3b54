package io.observability.starter.logging.line;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.observability.starter.context.FailureContexts;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonLineWriter}.
 */
class JsonLineWriterTests {

    private final EncodedLog log = new EncodedLog();

    @AfterEach
    void clearContext() {
        MDC.clear();
    }

    @Test
    void writesTheMembersOfTheLogstashSchemaInAFixedOrder() {
        LoggingEvent event = new LoggingEvent("fqcn", this.log.logger(), Level.WARN, "stock of {} is {}", null,
                new Object[] { "polo", 3 });
        event.setThreadName("main");
        event.setInstant(Instant.parse("2026-11-21T12:55:07.042137Z"));
        assertThat(new String(this.log.writer.toBytes(event)))
            .isEqualTo("{\"@timestamp\":\"2026-11-21T12:55:07.042137Z\",\"@version\":\"1\",\"level\":\"WARN\","
                    + "\"level_value\":30000,\"message\":\"stock of polo is 3\",\"logger_name\":\"com.example.Shop\","
                    + "\"thread_name\":\"main\",\"service\":\"shop\",\"service_version\":\"1.2.3\"}\n");
    }

    @Test
    void writesTheIdentifiersBesideTheOtherFieldsOfTheContext() {
        MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("span_id", "00f067aa0ba902b7");
        MDC.put("request_id", "r-1");
        MDC.put("tenant", "acme");
        this.log.logger().info("hello");
        JsonNode line = this.log.only();
        assertThat(line.get("trace_id").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.get("span_id").asString()).isEqualTo("00f067aa0ba902b7");
        assertThat(line.get("request_id").asString()).isEqualTo("r-1");
        assertThat(line.get("tenant").asString()).isEqualTo("acme");
    }

    @Test
    void aLineForAnEscapedFailureCarriesTheIdsOfItsRequest() {
        IllegalStateException failure = new IllegalStateException("no stock");
        FailureContexts.remember(failure, Map.of("trace_id", "t", "span_id", "s", "request_id", "r", "tenant", "acme"));
        MDC.put("tenant", "other");
        this.log.logger().error("Servlet.service() threw", failure);
        JsonNode line = this.log.only();
        assertThat(line.get("trace_id").asString()).isEqualTo("t");
        assertThat(line.get("span_id").asString()).isEqualTo("s");
        assertThat(line.get("request_id").asString()).isEqualTo("r");
        assertThat(line.get("tenant").asString()).isEqualTo("other");
        assertThat(line.has("tenant_")).isFalse();
    }

    @Test
    void theContextOfTheThreadGoesBeforeThatOfTheFailure() {
        IllegalStateException failure = new IllegalStateException("no stock");
        FailureContexts.remember(failure, Map.of("trace_id", "old"));
        MDC.put("trace_id", "new");
        this.log.logger().error("failed", failure);
        assertThat(this.log.only().get("trace_id").asString()).isEqualTo("new");
    }

    @Test
    void keyValuesKeepTheirTypes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", List.of("x", 2.5, true));
        this.log.logger()
            .atInfo()
            .addKeyValue("int", 42)
            .addKeyValue("long", Long.MIN_VALUE)
            .addKeyValue("double", 0.25)
            .addKeyValue("decimal", new BigDecimal("12.340"))
            .addKeyValue("boolean", true)
            .addKeyValue("nothing", (Object) null)
            .addKeyValue("array", new int[] { 1, 2, 3 })
            .addKeyValue("map", map)
            .addKeyValue("enum", TimeUnit.DAYS)
            .addKeyValue("instant", Instant.EPOCH)
            .addKeyValue("date", new java.util.Date(0))
            .addKeyValue("duration", Duration.ofMillis(1500))
            .addKeyValue("uuid", new UUID(0, 1))
            .addKeyValue("uri", URI.create("http://localhost/"))
            .addKeyValue("optional", Optional.of(7))
            .addKeyValue("record", new Size("XL", 3))
            .addKeyValue("object", new Object() {
                @Override
                public String toString() {
                    return "text";
                }
            })
            .log("typed");
        assertThat(this.log.onlyText()).contains("\"int\":42,\"long\":-9223372036854775808,\"double\":0.25,"
                + "\"decimal\":12.340,\"boolean\":true,\"nothing\":null,\"array\":[1,2,3],"
                + "\"map\":{\"a\":1,\"b\":[\"x\",2.5,true]},\"enum\":\"DAYS\","
                + "\"instant\":\"1970-01-01T00:00:00Z\",\"date\":\"1970-01-01T00:00:00Z\",\"duration\":\"PT1.5S\","
                + "\"uuid\":\"00000000-0000-0000-0000-000000000001\",\"uri\":\"http://localhost/\",\"optional\":7,"
                + "\"record\":{\"name\":\"XL\",\"stock\":3},\"object\":\"text\"");
    }

    @Test
    void aTakenNameGetsAnUnderscoreAsOftenAsNeeded() {
        MDC.put("tenant", "mdc");
        this.log.logger()
            .atInfo()
            .addKeyValue("tenant", "first")
            .addKeyValue("tenant", "second")
            .addKeyValue("trace_id", "forged")
            .addKeyValue("level", "FATAL")
            .log("hello");
        JsonNode line = this.log.only();
        assertThat(line.get("tenant").asString()).isEqualTo("mdc");
        assertThat(line.get("tenant_").asString()).isEqualTo("first");
        assertThat(line.get("tenant__").asString()).isEqualTo("second");
        assertThat(line.get("trace_id_").asString()).isEqualTo("forged");
        assertThat(line.has("trace_id")).isFalse();
        assertThat(line.get("level").asString()).isEqualTo("INFO");
        assertThat(line.get("level_").asString()).isEqualTo("FATAL");
        assertThat(this.log.writer.counts().renamedFields()).isEqualTo(4);
    }

    @Test
    void everyReservedNameIsSafeFromEveryKindOfField() {
        for (String name : LineSchema.LOGSTASH.reservedNames()) {
            EncodedLog each = new EncodedLog();
            if (!ContextKeys.isIdentifier(name)) {
                MDC.put(name, "mdc");
            }
            each.logger()
                .atInfo()
                .addKeyValue(name, "pair")
                .addMarker(Markers.append(name, "marker"))
                .addArgument(StructuredArguments.keyValue(name, "argument"))
                .log("{}");
            MDC.clear();
            String text = each.onlyText();
            each.only();
            assertThat(text).containsOnlyOnce("\"pair\"").containsOnlyOnce("\"marker\"");
            assertThat(text).doesNotContain("\"" + name + "\":\"pair\"").doesNotContain("\"" + name + "\":\"marker\"");
        }
    }

    @Test
    void structuredArgumentsAndMarkersBecomeFieldsAndOtherMarkersTags() {
        Marker audit = MarkerFactory.getDetachedMarker("AUDIT");
        audit.add(MarkerFactory.getDetachedMarker("SECURITY"));
        this.log.logger()
            .atInfo()
            .addMarker(audit)
            .addMarker(Markers.append("order", Map.of("id", 7)).and(Markers.appendRaw("raw", "{\"x\":1,\"x\":2}")))
            .addArgument(StructuredArguments.kv("price", new BigDecimal("9.90")))
            .addArgument(StructuredArguments.entries(Map.of("size", "M")))
            .log("ordered {}");
        String text = this.log.onlyText();
        this.log.only();
        assertThat(text).contains("\"message\":\"ordered price=9.90\"")
            .contains("\"price\":9.90,\"size\":\"M\"")
            .contains("\"order\":{\"id\":7}")
            .contains("\"raw\":{\"x\":1,\"x_\":2}")
            .contains("\"tags\":[\"AUDIT\",\"SECURITY\"]");
    }

    @Test
    void anExceptionBecomesTypeHashAndTrace() {
        this.log.logger().error("failed", failure(new IllegalStateException("inner \"quoted\"")));
        JsonNode line = this.log.only();
        assertThat(line.get("error_type").asString()).isEqualTo("java.lang.RuntimeException");
        assertThat(line.get("stack_hash").asString()).matches("[0-9a-f]{8}");
        String trace = line.get("stack_trace").asString();
        assertThat(trace).startsWith("java.lang.RuntimeException: outer\n\tat " + getClass().getName() + ".failure(")
            .contains("\nCaused by: java.lang.IllegalStateException: inner \"quoted\"\n")
            .endsWith(" common frames omitted\n");
    }

    @Test
    void theHashIsTheSameForTheSameFailureAndAnotherForAnother() {
        for (int i = 0; i < 2; i++) {
            this.log.logger().error("failed", failure(new IllegalStateException("call " + i)));
        }
        this.log.logger().error("failed", failure(new IllegalArgumentException("call")));
        List<String> hashes = this.log.lines.stream()
            .map((line) -> EncodedLog.strict(line).get("stack_hash").asString())
            .toList();
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
    }

    @Test
    void severalLinesFollowEachOtherInOneBuffer() {
        LineBuffer buffer = new LineBuffer(64);
        LoggingEvent event = new LoggingEvent("fqcn", this.log.logger(), Level.INFO, "hello", null, null);
        this.log.writer.write(event, buffer);
        int length = buffer.length();
        this.log.writer.write(event, buffer);
        assertThat(buffer.length()).isEqualTo(2 * length);
        byte[] bytes = buffer.toByteArray();
        EncodedLog.strict(Arrays.copyOfRange(bytes, 0, length));
        EncodedLog.strict(Arrays.copyOfRange(bytes, length, bytes.length));
    }

    @Test
    void nothingOfALineIsLeftInTheNext() {
        this.log.logger().atInfo().addKeyValue("a", 1).log("first");
        this.log.logger().atInfo().addKeyValue("a", 2).log("second");
        assertThat(EncodedLog.strict(this.log.lines.get(1)).get("a").asInt()).isEqualTo(2);
    }

    @Test
    void anEventThatFailsLeavesAMinimalLine() {
        LoggingEvent event = new LoggingEvent("fqcn", this.log.logger(), Level.WARN, "stock of {}", null,
                new Object[] { "polo" }) {
            @Override
            public Map<String, String> getMDCPropertyMap() {
                throw new IllegalStateException("from the MDC");
            }
        };
        JsonNode line = EncodedLog.strict(this.log.writer.toBytes(event));
        assertThat(line.get("message").asString()).isEqualTo("stock of {}");
        assertThat(line.get("level").asString()).isEqualTo("WARN");
        assertThat(line.get("service").asString()).isEqualTo("shop");
        assertThat(line.get("encoding_error").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(this.log.writer.counts().minimalLines()).isEqualTo(1);
    }

    @Test
    void anEventThatFailsInEveryPartLeavesALineToo() {
        ILoggingEvent event = (ILoggingEvent) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { ILoggingEvent.class }, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
        JsonNode line = EncodedLog.strict(this.log.writer.toBytes(event));
        assertThat(line.get("message").asString()).isEqualTo("A log event failed to give its own parts");
        assertThat(line.get("encoding_error").asString()).isEqualTo("java.lang.IllegalStateException");
    }

    private static RuntimeException failure(Exception cause) {
        return new RuntimeException("outer", cause);
    }

    private record Size(String name, int stock) {
    }

}
