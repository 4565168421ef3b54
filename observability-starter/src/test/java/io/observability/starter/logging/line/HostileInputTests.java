package io.observability.starter.logging.line;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inputs that break log encoders. Each must leave exactly one line that the strictest
 * reader takes, and its text must survive as stated.
 */
class HostileInputTests {

    private final EncodedLog log = new EncodedLog(new ServiceIdentity("shop", null, null));

    @AfterEach
    void clearContext() {
        MDC.clear();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void leavesOneWholeLine(HostileCase hostile) {
        hostile.act().accept(this.log.logger(hostile.logger()));
        JsonNode line = this.log.only();
        hostile.check().accept(line);
        assertThat(line.has("encoding_error")).isFalse();
        MDC.clear();
        this.log.lines.clear();
        this.log.logger().info("after {}", "all");
        assertThat(this.log.only().get("message").asString()).isEqualTo("after all");
        assertThat(this.log.only().size()).isEqualTo(8);
    }

    static Stream<HostileCase> cases() {
        return Stream
            .of(HostileTexts.texts(), HostileTexts.names(), HostileValues.values(), HostileTexts.messages(),
                    HostileFailures.failures())
            .flatMap((each) -> each);
    }

}
