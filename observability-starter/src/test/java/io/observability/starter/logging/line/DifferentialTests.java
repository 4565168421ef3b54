package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.observability.starter.logging.redaction.Redaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares random lines with what Jackson makes of the same content.
 */
class DifferentialTests {

    // A random key may look like that of a secret.
    private final EncodedLog log = new EncodedLog(LineSchema.LOGSTASH,
            new LineOptions(Redaction.none(), null, StackOptions.standard()));

    @AfterEach
    void clearContext() {
        MDC.clear();
    }

    @RepeatedTest(10)
    void aLineHoldsWhatJacksonWouldWrite() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            this.log.lines.clear();
            MDC.clear();
            Map<String, Object> expected = new LinkedHashMap<>();
            String message = text(random);
            for (int field = random.nextInt(4); field > 0; field--) {
                String key = "m" + field + text(random);
                String value = text(random);
                MDC.put(key, value);
                expected.put(key, value);
            }
            LoggingEventBuilder event = this.log.logger().atInfo();
            for (int field = random.nextInt(6); field > 0; field--) {
                String key = "k" + field + text(random);
                Object value = value(random, 0);
                event = event.addKeyValue(key, value);
                expected.put(key, value);
            }
            event.log(message);
            JsonNode line = this.log.only();
            assertThat(line.get("message").asString()).as("seed %d, line %d", seed, i).isEqualTo(message);
            JsonNode wanted = EncodedLog.STRICT.readTree(EncodedLog.STRICT.writeValueAsBytes(expected));
            wanted.propertyNames()
                .forEach((name) -> assertThat(line.get(name)).as("seed %d, field %s", seed, name)
                    .isEqualTo(wanted.get(name)));
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt((depth < 3) ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 4 -> random.nextBoolean();
            case 5 -> text(random);
            case 6 -> random.nextFloat();
            case 7 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(i + text(random), value(random, depth + 1));
                }
                yield map;
            }
        };
    }

    // Any code point but lone surrogates, which Jackson refuses to write.
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            int codePoint = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> random.nextInt(0x3000);
                case 2 -> random.nextInt(Character.MAX_CODE_POINT + 1);
                default -> 'a' + random.nextInt(26);
            };
            text.appendCodePoint((codePoint >= 0xd800 && codePoint <= 0xdfff) ? 'x' : codePoint);
        }
        return text.toString();
    }

}
