package io.observability.promcard;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts that come in, and texts that go out.
 */
class TextTests {

    @ParameterizedTest
    @ValueSource(strings = { "", "plain", "\"quoted\" \\ back", "\u0000\u001b[31m\u007f\n\r\t", "é 漢 😀 \u2028\u202e",
            "\ud800 alone" })
    void jacksonAndYamlReadWhatIsWritten(String text) {
        String written = JsonText.quoted(text);
        assertThat(written).matches("[ -~]*");
        assertThat(JsonMapper.shared().readTree(written).asString()).isEqualTo(text);
        if (text.codePoints().noneMatch((c) -> c >= 0x10000 || (c >= 0xd800 && c < 0xe000))) {
            assertThat(new Yaml().<Object>load(written)).isEqualTo(text);
        }
    }

    @Test
    void nothingMovesTheCursorOrTurnsTheTextAround() {
        assertThat(TerminalText.of("a\u001b[2J\u202eb\u0007\u2028\u00a0é😀", 100))
            .isEqualTo("a\\u{1b}[2J\\u{202e}b\\u{7}\\u{2028}\\u{a0}é😀");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(TerminalText.of("0123456789", 10)).isEqualTo("0123456789");
        assertThat(TerminalText.of("0123456789a", 10)).isEqualTo("0123456...");
        assertThat(TerminalText.of("\u001b".repeat(100), 10)).isEqualTo("\\u{1b}...");
    }

    @ParameterizedTest
    @CsvSource({ "shop_views_total, *", "shop_views_total, shop_*", "shop_views_total, *views*",
            "shop_views_total, shop?views_total", "a, a", "aXbXc, a*b*c", "aab, *ab", "a, **", "abcabc, *abc" })
    void globsFit(String text, String glob) {
        assertThat(new Glob(glob)).accepts(text);
    }

    @ParameterizedTest
    @CsvSource({ "shop_views_total, shop", "shop_views_total, views*", "a, ??", "a, ''", "abc, a*d", "abcab, *abc" })
    void globsDoNotFit(String text, String glob) {
        assertThat(new Glob(glob)).rejects(text);
    }

    @Test
    void aHostileGlobEnds() {
        assertThat(new Glob("*a".repeat(30) + "b")).rejects("a".repeat(2000));
    }

    @ParameterizedTest
    @CsvSource({ "500ms, PT0.5S", "30s, PT30S", "15m, PT15M", "6h, PT6H", "7d, PT168H", "2w, PT336H" })
    void durationsAreReadAndWritten(String text, Duration duration) {
        assertThat(new Durations().convert(text)).isEqualTo(duration);
        assertThat(new Durations().convert(Durations.text(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "0s", "5", "-5m", "1y", "m", "9999999d", "999999w", "1h30m" })
    void whatIsNoDurationIsRefused(String text) {
        assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> new Durations().convert(text));
    }

    @ParameterizedTest
    @CsvSource({ "shop_views_total, shop.views", "http_request_duration_seconds, http.request.duration*",
            "jvm_gc_pause_seconds_total, jvm.gc.pause*", "heap_bytes, heap*", "build_info, build", "up, up",
            "_total, .total" })
    void aMeterIsNamedAsMicrometerNamesIt(String metric, String meter) {
        LabelCost cost = new LabelCost(metric, "a", 5, 5, 1, List.of());
        assertThat(GuardRule.of(cost, 3)).isEqualTo(new GuardRule(meter, "a", 3));
    }

}
