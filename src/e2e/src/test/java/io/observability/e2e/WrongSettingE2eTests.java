package io.observability.e2e;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wrong value stops the start with one readable message that names the property, the
 * value and what is allowed.
 */
class WrongSettingE2eTests {

    static Stream<Arguments> wrongSettings() {
        return Stream.of(Arguments.of("observability.tracing.sampling.probability", "2", "0.0 to 1.0"),
                Arguments.of("observability.health.timeout", "-1s", "a duration from"),
                Arguments.of("observability.health.path", "healthz", "a path such as"),
                Arguments.of("observability.metrics.naming", "prometheus", "conventional"),
                Arguments.of("observability.metrics.set", "maximal", "minimal"),
                Arguments.of("observability.logging.format", "xml", "json"),
                Arguments.of("observability.logging.file", "/proc/nowhere/app.log", "can write"),
                Arguments.of("observability.context.request-id.header", "X Request", "header"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("wrongSettings")
    void stopsTheStartWithAReadableMessage(String property, String value, String allowed) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                ShopCommand.unpacked(List.of(), List.of("--" + property + "=" + value)));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        try {
            List<String> output = process.inputReader().lines().toList();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            String text = String.join("\n", output);
            assertThat(text).contains(property).containsIgnoringCase(allowed).contains(value);
            assertThat(text).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
        }
        finally {
            process.destroyForcibly();
        }
    }

}
