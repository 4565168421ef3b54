package io.observability.starter.logging.text;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.EncoderBase;
import io.observability.starter.logging.line.LineBuffer;
import io.observability.starter.logging.line.LineFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextLineFormat} and {@link EncodedLineFormat}.
 */
class TextLineFormatTests {

    private final LoggerContext context = new LoggerContext();

    @Test
    void noInputForgesALineOrSteersTheTerminal() {
        LoggingEvent event = event("a\r\nb\rc\u001b[2Jd\u202ee\u2028f\u0085g\th", new IllegalStateException(
                "x\n\tat forged.Frame(Forged.java:1)", new IllegalArgumentException("y\u001b[31m")));
        event.setThreadName("t\n1");
        event.setMDCPropertyMap(Map.of("user", "u\nforged"));
        event.addKeyValuePair(new KeyValuePair("k\n", "v\n"));
        String line = line(format("[%t] %X{user} %kvp %m%n%ex"), event);
        assertThat(line)
            .startsWith("[t\\n1] u\\nforged k\\n=\"v\\n\" a\n  | b\\rc\\u001b[2Jd\\u202ee\\u2028f\\u0085g\th\n")
            .contains("java.lang.IllegalStateException: x\n  | \tat forged.Frame")
            .contains("Caused by: java.lang.IllegalArgumentException: y\\u001b[31m\n")
            .doesNotContain("\u001b");
        assertThat(line.lines()).allSatisfy((text) -> assertThat(text)
            .matches("(\\[t.*|  \\| .*|java\\.lang.*|\\tat .*|Caused by: .*|\\t\\.\\.\\. .*)"));
    }

    @Test
    void whatNeedsNoEscapeStaysAsItIs() {
        assertThat(line(format("%-5level %m%n"), event("sch\u00f6n \u20ac \ud83d\udc55", null)))
            .isEqualTo("INFO  sch\u00f6n \u20ac \ud83d\udc55\n");
    }

    @Test
    void aLayoutThatFailsLeavesAMinimalLine() {
        TextLineFormat broken = new TextLineFormat(new LayoutBase<>() {
            @Override
            public String doLayout(ILoggingEvent event) {
                throw new IllegalStateException("layout");
            }
        });
        assertThat(line(broken, event("m\u001b", null)))
            .isEqualTo("INFO a : m\\u001b [encoding failed: java.lang.IllegalStateException]\n");
    }

    @Test
    void anEncodersLineEndsAndItsFailureIsSurvived() {
        LineFormat instead = (event, out) -> out.append(new byte[] { '!', '\n' }, 0, 2);
        LineFormat format = new EncodedLineFormat(new EncoderBase<>() {
            @Override
            public byte @Nullable [] headerBytes() {
                return null;
            }

            @Override
            public byte[] encode(ILoggingEvent event) {
                if (event.getMessage().equals("throw")) {
                    throw new IllegalStateException("encoder");
                }
                return event.getMessage().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte @Nullable [] footerBytes() {
                return null;
            }
        }, instead);
        assertThat(line(format, event("m", null))).isEqualTo("m\n");
        assertThat(line(format, event("m\n", null))).isEqualTo("m\n");
        assertThat(line(format, event("", null))).isEqualTo("!\n");
        assertThat(line(format, event("throw", null))).isEqualTo("!\n");
    }

    private LineFormat format(String pattern) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(this.context);
        layout.setPattern(pattern);
        layout.start();
        return new TextLineFormat(layout);
    }

    private LoggingEvent event(String message, @Nullable Throwable failure) {
        this.context.setMDCAdapter(MDC.getMDCAdapter());
        return new LoggingEvent("fqcn", this.context.getLogger("a"), Level.INFO, message, failure, null);
    }

    private static String line(LineFormat format, LoggingEvent event) {
        LineBuffer out = new LineBuffer(64);
        format.write(event, out);
        return out.toString();
    }

}
