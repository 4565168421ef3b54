package io.observability.starter.logging.line;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import io.observability.starter.logging.redaction.Redaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The same event in each {@link LineSchema}, by the names and types of its specification.
 */
class LineSchemaTests {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String SPAN_ID = "00f067aa0ba902b7";

    @AfterEach
    void clearContext() {
        MDC.clear();
    }

    @Test
    void logstashHasTheNamesOfItsEncoder() {
        JsonNode line = line(LineSchema.LOGSTASH);
        assertThat(Instant.parse(line.get("@timestamp").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.get("@version").asString()).isEqualTo("1");
        assertThat(line.get("level").asString()).isEqualTo("WARN");
        assertThat(line.get("level_value").asInt()).isEqualTo(30000);
        assertThat(line.get("logger_name").asString()).isEqualTo("com.example.Shop");
        assertThat(line.get("trace_id").asString()).isEqualTo(TRACE_ID);
        assertThat(line.get("tenant").asString()).isEqualTo("acme");
        assertThat(line.get("http_status").asInt()).isEqualTo(503);
        assertThat(line.get("tags").get(0).asString()).isEqualTo("AUDIT");
        assertThat(line.get("error_type").asString()).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void ecsKeepsToItsFieldsAndPutsTheRestUnderLabels() {
        JsonNode line = line(LineSchema.ECS);
        assertThat(line.propertyNames()).containsExactlyInAnyOrder("@timestamp", "ecs.version", "log.level", "message",
                "log.logger", "process.thread.name", "service.name", "service.version", "service.environment",
                "trace.id", "span.id", "http.request.id", "user.id", "http.response.status_code", "tags", "error.type",
                "error.message", "error.stack_trace", "labels");
        assertThat(line.get("log.level").asString()).isEqualTo("WARN");
        assertThat(line.get("trace.id").asString()).isEqualTo(TRACE_ID);
        assertThat(line.get("error.message").asString()).isEqualTo("no stock");
        JsonNode labels = line.get("labels");
        assertThat(labels.propertyNames()).containsExactlyInAnyOrder("tenant", "trace_id", "stack_hash",
                "order_number");
        assertThat(labels.get("order_number").asInt()).isEqualTo(17);
    }

    @Test
    void ecsLetsNoFieldTurnOneOfItsOwnIntoAnObject() {
        EncodedLog log = new EncodedLog(LineSchema.ECS);
        log.logger().atInfo().addKeyValue("log.level.x", 1).addKeyValue("trace.id", "forged").log("text");
        JsonNode line = log.only();
        assertThat(line.get("log.level").asString()).isEqualTo("INFO");
        assertThat(line.get("labels").get("log_level_x").asInt()).isEqualTo(1);
        assertThat(line.get("trace.id_").asString()).isEqualTo("forged");
    }

    @Test
    void otelHasTheFieldsOfTheLogDataModel() {
        JsonNode line = line(LineSchema.OTEL);
        assertThat(line.propertyNames()).containsExactlyInAnyOrder("Timestamp", "SeverityText", "SeverityNumber",
                "Body", "InstrumentationScope", "TraceId", "SpanId", "Resource", "Attributes");
        long nanos = Long.parseLong(line.get("Timestamp").asString());
        assertThat(Instant.ofEpochSecond(0, nanos)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(line.get("SeverityNumber").asInt()).isEqualTo(13);
        assertThat(line.get("Body").asString()).isEqualTo("Order 17 failed");
        assertThat(line.get("InstrumentationScope").get("Name").asString()).isEqualTo("com.example.Shop");
        assertThat(line.get("Resource").get("service.name").asString()).isEqualTo("shop");
        assertThat(line.get("Resource").get("deployment.environment.name").asString()).isEqualTo("test");
        JsonNode attributes = line.get("Attributes");
        assertThat(attributes.get("exception.type").asString()).isEqualTo(IllegalStateException.class.getName());
        assertThat(attributes.get("exception.stacktrace").asString()).contains("\tat ");
        assertThat(attributes.get("http.response.status_code").asInt()).isEqualTo(503);
        assertThat(attributes.get("tenant").asString()).isEqualTo("acme");
        assertThat(attributes.get("thread.name").asString()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void otelNumbersSeveritiesAsTheModelDoes() {
        EncodedLog log = new EncodedLog(LineSchema.OTEL);
        log.logger().trace("text");
        log.logger().debug("text");
        log.logger().info("text");
        log.logger().warn("text");
        log.logger().error("text");
        assertThat(log.lines).extracting((line) -> EncodedLog.strict(line).get("SeverityNumber").asInt())
            .containsExactly(1, 5, 9, 13, 17);
    }

    @Test
    void lokiIsFlatWithNamesThatCanBeLabels() {
        JsonNode line = line(LineSchema.LOKI);
        assertThat(line.get("level").asString()).isEqualTo("warn");
        assertThat(line.get("user_id").asString()).isEqualTo("u-1");
        assertThat(line.get("order_number").asInt()).isEqualTo(17);
        assertThat(line.propertyNames()).allMatch((name) -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*"));
    }

    @Test
    void lokiKeepsFieldsApartWhoseNamesBecomeTheSame() {
        EncodedLog log = new EncodedLog(LineSchema.LOKI);
        log.logger()
            .atInfo()
            .addKeyValue("a.b", 1)
            .addKeyValue("a-b", 2)
            .addKeyValue("a_b", 3)
            .addKeyValue("1st", 4)
            .log("text");
        JsonNode line = log.only();
        assertThat(line.get("a_b").asInt()).isEqualTo(1);
        assertThat(line.get("a_b_").asInt()).isEqualTo(2);
        assertThat(line.get("a_b__").asInt()).isEqualTo(3);
        assertThat(line.get("_1st").asInt()).isEqualTo(4);
    }

    @Test
    void gcpHasItsSpecialFields() {
        JsonNode line = line(LineSchema.GCP);
        assertThat(line.get("severity").asString()).isEqualTo("WARNING");
        assertThat(Instant.parse(line.get("time").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.get("logging.googleapis.com/trace").asString()).isEqualTo(TRACE_ID);
        assertThat(line.get("logging.googleapis.com/spanId").asString()).isEqualTo(SPAN_ID);
        assertThat(line.get("serviceContext").get("service").asString()).isEqualTo("shop");
        assertThat(line.get("serviceContext").get("version").asString()).isEqualTo("1.2.3");
        assertThat(line.get("stack_trace").asString()).startsWith(IllegalStateException.class.getName());
        EncodedLog log = new EncodedLog(LineSchema.GCP);
        log.logger().trace("text");
        assertThat(log.only().get("severity").asString()).isEqualTo("DEBUG");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void eachSchemaIsFoundByItsName(LineSchema schema) {
        assertThat(LineSchema.of(schema.id().toUpperCase(Locale.ROOT))).isSameAs(schema);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aLineWithNothingOfTheCallersIsWhole(LineSchema schema) {
        EncodedLog log = new EncodedLog(schema);
        log.logger().info("text");
        assertThat(log.only().get(schema.path(LineField.MESSAGE)).asString()).isEqualTo("text");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void secondLineOfTheSameContextIsTheSame(LineSchema schema) {
        EncodedLog log = new EncodedLog(schema);
        MDC.put("trace_id", TRACE_ID);
        MDC.put("tenant", "acme");
        log.logger().atInfo().addKeyValue("tenant", "other").log("text");
        log.logger().atInfo().addKeyValue("tenant", "other").log("text");
        MDC.put("tenant", "zenith");
        log.logger().atInfo().addKeyValue("tenant", "other").log("text");
        List<String> lines = log.lines.stream()
            .map((line) -> EncodedLog.strict(line).toString().replaceAll("[0-9]{4}-[0-9-]+T[0-9:.]+Z|[0-9]{19}", ""))
            .toList();
        assertThat(lines.get(1)).isEqualTo(lines.get(0)).contains("acme").contains("other");
        assertThat(lines.get(2)).isEqualTo(lines.get(0).replace("acme", "zenith"));
    }

    @Test
    void namesCanBeChangedAndLeftOut() {
        LineSchema schema = LineSchema.LOGSTASH
            .withNames(Map.of(LineField.MESSAGE, "msg", LineField.VERSION, "", LineField.THREAD, "process>thread"));
        JsonNode line = line(schema.withFieldsIn("context"));
        assertThat(line.get("msg").asString()).isEqualTo("Order 17 failed");
        assertThat(line.has("@version")).isFalse();
        assertThat(line.get("process").get("thread").asString()).isEqualTo(Thread.currentThread().getName());
        assertThat(line.get("context").get("tenant").asString()).isEqualTo("acme");
    }

    @Test
    void namesThatWouldStandTwiceAreRefused() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> LineSchema.LOGSTASH.withNames(Map.of(LineField.THREAD, "message")))
            .withMessageContaining("'message'");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> LineSchema.LOGSTASH.withNames(Map.of(LineField.MESSAGE, "")))
            .withMessageContaining("MESSAGE");
        assertThatIllegalArgumentException().isThrownBy(() -> LineSchema.LOGSTASH.withFieldsIn("level"));
        assertThatIllegalArgumentException().isThrownBy(() -> LineSchema.of("gelf"))
            .withMessage("'gelf' is not one of logstash, ecs, otel, loki, gcp");
    }

    @Test
    void onlyChosenKeysOfTheContextBecomeFields() {
        EncodedLog log = new EncodedLog(LineSchema.LOGSTASH,
                new LineOptions(Redaction.standard(), Set.of("tenant"), StackOptions.standard()));
        MDC.put("trace_id", TRACE_ID);
        MDC.put("tenant", "acme");
        MDC.put("cart", "17");
        log.logger().atInfo().addKeyValue("size", 3).log("text");
        JsonNode line = log.only();
        assertThat(line.get("trace_id").asString()).isEqualTo(TRACE_ID);
        assertThat(line.get("tenant").asString()).isEqualTo("acme");
        assertThat(line.has("cart")).isFalse();
        assertThat(line.get("size").asInt()).isEqualTo(3);
    }

    static List<LineSchema> schemas() {
        return LineSchema.known();
    }

    private static JsonNode line(LineSchema schema) {
        EncodedLog log = new EncodedLog(schema);
        MDC.put("trace_id", TRACE_ID);
        MDC.put("span_id", SPAN_ID);
        MDC.put("request_id", "r-1");
        MDC.put("tenant", "acme");
        MDC.put("user.id", "u-1");
        log.logger()
            .atLevel(org.slf4j.event.Level.valueOf(Level.WARN.levelStr))
            .addMarker(MarkerFactory.getMarker("AUDIT"))
            .addKeyValue("http_status", 503)
            .addKeyValue("order.number", 17)
            .addKeyValue("trace_id", "forged")
            .setCause(new IllegalStateException("no stock"))
            .log("Order {} failed", 17);
        return log.only();
    }

}
