package io.observability.starter.logging.line;

import java.util.Random;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageText}.
 */
class MessageTextTests {

    private static final String[] PARTS = { "{}", "\\{}", "\\\\{}", "{", "}", "\\", "text ", "{ }", "" };

    private final EncodedLog log = new EncodedLog();

    @RepeatedTest(20)
    void formatsAsSlf4jDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int part = random.nextInt(8); part > 0; part--) {
                pattern.append(PARTS[random.nextInt(PARTS.length)]);
            }
            Object[] arguments = new Object[random.nextInt(5)];
            for (int argument = 0; argument < arguments.length; argument++) {
                arguments[argument] = argument(random);
            }
            assertThat(message(pattern.toString(), arguments)).as("seed %d, pattern %s", seed, pattern)
                .isEqualTo(MessageFormatter.arrayFormat(pattern.toString(), arguments).getMessage());
        }
    }

    @Test
    void anArrayThatContainsItselfEnds() {
        Object[] array = new Object[2];
        array[0] = array;
        array[1] = 1;
        assertThat(message("{}", new Object[] { array, 1 })).startsWith("[[").endsWith("1]");
    }

    private String message(String pattern, Object[] arguments) {
        LoggingEvent event = new LoggingEvent("fqcn", this.log.logger(), Level.INFO, pattern, null, arguments.clone());
        return EncodedLog.strict(this.log.writer.toBytes(event)).get("message").asString();
    }

    private static Object argument(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> random.nextDouble();
            case 3 -> new int[] { 1, 2 };
            case 4 -> new Object[] { "a", null, new long[] { 3 } };
            case 5 -> new IllegalStateException("an argument");
            default -> "value {}";
        };
    }

}
