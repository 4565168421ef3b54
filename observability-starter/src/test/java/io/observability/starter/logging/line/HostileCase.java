package io.observability.starter.logging.line;

import java.util.function.Consumer;

import ch.qos.logback.classic.Logger;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One input that breaks log encoders.
 *
 * @param name what it is
 * @param logger the name of the logger
 * @param act logs it
 * @param check looks at the line
 */
record HostileCase(String name, String logger, Consumer<Logger> act, Consumer<JsonNode> check) {

    static HostileCase of(String name, Consumer<Logger> act, Consumer<JsonNode> check) {
        return new HostileCase(name, "com.example.Shop", act, check);
    }

    static Consumer<Logger> pair(String key, Object value) {
        return (log) -> log.atInfo().addKeyValue(key, value).log("m");
    }

    static Consumer<Logger> mdc(String key, String value) {
        return (log) -> {
            MDC.put(key, value);
            log.info("m");
        };
    }

    static Consumer<JsonNode> has(Object... members) {
        return (line) -> {
            for (int i = 0; i < members.length; i += 2) {
                JsonNode value = line.get((String) members[i]);
                assertThat(value).as("member %s of %s", members[i], line).isNotNull();
                assertThat(value.asString()).isEqualTo(members[i + 1].toString());
            }
        };
    }

    static Consumer<JsonNode> present(String member) {
        return (line) -> assertThat(line.has(member)).isTrue();
    }

    @Override
    public String toString() {
        return this.name;
    }

}
