package io.observability.starter.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SettingChecks}.
 */
class SettingChecksTests {

    @ParameterizedTest
    @ValueSource(doubles = { -0.1, 1.1, 2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
    void numberOutOfRangeNamesPropertyValueAndRange(double value) {
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> SettingChecks.inRange("a.rate", value, 0, 1))
            .withMessage("Property 'a.rate' has the value '%s', but must be a number from 0.0 to 1.0", value)
            .satisfies((ex) -> {
                assertThat(ex.getProperty()).isEqualTo("a.rate");
                assertThat(ex.getValue()).isEqualTo(String.valueOf(value));
                assertThat(ex.getAllowed()).isEqualTo("a number from 0.0 to 1.0");
            });
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, 0.5, 1 })
    void numberInRangeIsReturned(double value) {
        assertThat(SettingChecks.inRange("a.rate", value, 0, 1)).isEqualTo(value);
    }

    @Test
    void integerOutOfRangeIsRefused() {
        assertThat(SettingChecks.inRange("a.size", 3, 1, 3)).isEqualTo(3);
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> SettingChecks.inRange("a.size", 4, 1, 3))
            .withMessage("Property 'a.size' has the value '4', but must be a whole number from 1 to 3");
    }

    static Stream<Arguments> durations() {
        return Stream.of(Arguments.of(Duration.ofMillis(-1), "-1ms"), Arguments.of(Duration.ZERO, "0ms"),
                Arguments.of(Duration.ofHours(2), "2h"), Arguments.of(Duration.ofSeconds(3601), "3601s"),
                Arguments.of(null, "null"));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationOutOfRangeIsRefusedInReadableUnits(Duration value, String text) {
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> SettingChecks.inRange("a.timeout", value, Duration.ofMillis(10), Duration.ofHours(1)))
            .withMessage("Property 'a.timeout' has the value '%s', but must be a duration from 10ms to 1h", text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "healthz", "/", "/a/", "/a//b", "/a?b", "/a b", "/*", "/{x}", "/a\n", "/%2e" })
    void pathThatIsNotLiteralIsRefused(String path) {
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> SettingChecks.httpPath("a.path", path));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/healthz", "/ops/health-check", "/a.b_c~d" })
    void literalPathIsReturned(String path) {
        assertThat(SettingChecks.httpPath("a.path", path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "X Request", "X:Y", "X\r\nY", "Ä" })
    void headerNameThatIsNoTokenIsRefused(String name) {
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> SettingChecks.headerName("a.header", name));
    }

    @Test
    void headerNameOfRfcIsReturned() {
        assertThat(SettingChecks.headerName("a.header", "X-Request-Id")).isEqualTo("X-Request-Id");
    }

    @Test
    void fileInNewFolderIsWritable(@TempDir Path folder) {
        Path file = folder.resolve("new/app.log");
        assertThat(SettingChecks.writableFile("a.file", file.toString())).isEqualTo(file.toAbsolutePath());
        assertThat(file.getParent()).isDirectory();
    }

    @Test
    void fileBelowAFileOrFolderAsFileIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("plain"));
        for (String path : new String[] { file.resolve("app.log").toString(), folder.toString(), "a\0b" }) {
            assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> SettingChecks.writableFile("a.file", path))
                .withMessageContaining("'a.file'")
                .withMessageEndingWith("the path of a file that this process can write");
        }
    }

}
