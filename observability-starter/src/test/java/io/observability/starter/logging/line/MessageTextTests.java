package io.observability.starter.logging.line;

import java.util.Arrays;
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

    private static final String[] LITERALS = { "", " ", "-", "_", ".", ":", "=", " = ", ": ", "order ", " of ",
            "password=", "token: ", "Authorization: ", "bearer ", "Basic ", "\"", "/", "://", "@", "ghp_", "eyJ", "sk-",
            "4111 ", "4111-1111-1111-", "-----BEGIN PRIVATE KEY-----", "status=", "url ", "{", "}", "[", "]", "\n",
            "\u00e4" };

    private static final String[] SECRETS = { "hunter2", "password", "Bearer", "bearer abcdef123456", "abcdef123456",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJl", "ghp_abcdefghij0123456789", "abcdefghij0123456789",
            "4111111111111111", "4111", "1111", "1111-1111", "app:hunter2@cache", "password=hunter2", "sk", "KEY-----",
            "https://app:hunter2@cache/0", "AKIAABCDEFGHIJKLMNOP", "a0b1c2d3e4f5a6bc", "user-1", "", "\"x\"", "b c" };

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
            String expected = MessageFormatter.arrayFormat(pattern.toString(), arguments).getMessage();
            // The pattern is known the third time at the latest.
            for (int sight = 0; sight < 3; sight++) {
                assertThat(message(pattern.toString(), arguments)).as("seed %d, pattern %s", seed, pattern)
                    .isEqualTo(expected);
            }
        }
    }

    @RepeatedTest(20)
    void aKnownPatternHidesWhatAnUnknownOneHides() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder pattern = new StringBuilder();
            int places = 1 + random.nextInt(3);
            Object[] arguments = new Object[places];
            for (int place = 0; place < places; place++) {
                pattern.append(some(LITERALS, random)).append("{}");
                arguments[place] = some(SECRETS, random);
            }
            pattern.append(some(LITERALS, random));
            String unknown = message(pattern.toString(), arguments);
            message(pattern.toString(), arguments);
            assertThat(message(pattern.toString(), arguments))
                .as("seed %d, pattern %s, arguments %s", seed, pattern, Arrays.toString(arguments))
                .isEqualTo(unknown);
        }
    }

    @Test
    void whatAPatternBeginsAnArgumentEnds() {
        for (int sight = 0; sight < 3; sight++) {
            assertThat(message("password={}", new Object[] { "hunter2" })).isEqualTo("password=***");
            assertThat(message("{}={}", new Object[] { "password", "hunter2" })).isEqualTo("password=***");
            assertThat(message("{} {}", new Object[] { "Bearer", "abcdef123456" })).isEqualTo("Bearer ***");
            assertThat(message("token ghp_{}", new Object[] { "abcdefghij0123456789" })).isEqualTo("token ***");
            assertThat(message("card {} {} {} {}", new Object[] { 4111, 1111, 1111, 1111 })).isEqualTo("card ***1111");
            assertThat(message("redis://app:{}@cache", new Object[] { "hunter2" })).isEqualTo("redis://app:***@cache");
            assertThat(message("order {} of {} is paid", new Object[] { "a0b1c2d3e4f5a6b7", "user-1" }))
                .isEqualTo("order a0b1c2d3e4f5a6b7 of user-1 is paid");
        }
    }

    @Test
    void anArrayThatContainsItselfEnds() {
        Object[] array = new Object[2];
        array[0] = array;
        array[1] = 1;
        assertThat(message("{}", new Object[] { array, 1 })).startsWith("[[").endsWith("1]");
    }

    private static String some(String[] of, Random random) {
        return of[random.nextInt(of.length)];
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
