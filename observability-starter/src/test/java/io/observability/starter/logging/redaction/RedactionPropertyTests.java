package io.observability.starter.logging.redaction;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any text: 50,000 that are put together from parts of secrets, new ones
 * each time, and the hardest ones in a length at which only linear time is bearable.
 */
class RedactionPropertyTests {

    private static final Redaction ALL = Redaction.of(Redaction.standardKeys(), Redaction.standardAllowedKeys(),
            EnumSet.allOf(SecretKind.class));

    @Test
    void masksTextsPutTogetherFromPartsOfSecrets() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] parts = { "password", "token", "=", ":", " ", "\"", "'", "\\", "\n", "\u0001", "bearer ", "Basic ",
                "eyJ", "abcDEF123", ".", "-", "_", "@", "://", "a", "4111", "1111", "4111111111111111", "KEY-----",
                "-----BEGIN PRIVATE ", "AKIA", "sk-", "ghp_", "xoxb-", "[", "{", ";", ",", "\u00e4", "***", "cookie",
                "authorization", "/", "null", "}", "]", "x1" };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(14); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                RedactedText.check(ALL, text.toString());
            }
            catch (Throwable ex) {
                throw new AssertionError("Seed " + seed + ", text " + text, ex);
            }
        }
    }

    @Test
    void whatIsLeftMayLookLikeAnotherSecret() {
        RedactedText.check(ALL, "\n4111://cookie:ghp_null'KEY-----://\\:}@");
    }

    @ParameterizedTest
    @MethodSource("hardTexts")
    void takesTimeLinearInTheLength(String part) {
        byte[] small = part.repeat(Math.max(1, 20_000 / part.length())).getBytes(StandardCharsets.UTF_8);
        byte[] large = part.repeat(Math.max(1, 2_000_000 / part.length())).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
            ALL.mask(small.clone(), 0, small.length, -1);
        }
        long start = System.nanoTime();
        ALL.mask(large, 0, large.length, -1);
        // A quadratic search would take minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    static Stream<String> hardTexts() {
        return Stream.concat(
                Stream.of("=", ":", "://", "a:", "a=", "@", "a@", "a.", "password=", "password='", "password=\\\"",
                        "password=\\\\\\\"", "password={", "token: ", "token: a", "eyJ", "eyJ-", "eyJa.", "sk-",
                        "xoxb-", "ghp_", "AKIA", "AIza-", "bearer ", "bearer a", "basic basic", "1", "1 ", "1-",
                        "4111 ", "KEY-----", "PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----", "://a:", "://a:b/",
                        "://a:b@", "\\\\", "\\n", "b", "k", "_", "cookie: a=b; ", "authorization: digest ", "key: ",
                        "a key: ", "password = [", "password=> "),
                Stream.of("password", "token").map((key) -> key.repeat(20) + "="));
    }

}
