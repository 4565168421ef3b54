package io.observability.starter.logging.autoconfigure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ScanException;
import ch.qos.logback.core.util.OptionHelper;
import io.observability.starter.logging.line.LineFormat;
import io.observability.starter.logging.text.TextLineFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Text for people: time, level, trace, logger, thread, message, fields. Spring Boot has
 * put its own patterns and the application's into the Logback context, with the words
 * that they are written in.
 */
final class TextPatterns {

    private static final String TIME = "%d{${LOG_DATEFORMAT_PATTERN:-HH:mm:ss.SSS}}";

    private static final String CONSOLE = "%clr(" + TIME + "){faint} %clr(${LOG_LEVEL_PATTERN:-%5p}) "
            + "%clr(${LOG_CORRELATION_PATTERN:-}){blue}%clr(%-36.36logger{35}){cyan} %clr([%12.12t]){faint} "
            + "%m %clr(%kvp){magenta}%n${LOG_EXCEPTION_CONVERSION_WORD:-%wEx}";

    private TextPatterns() {
    }

    static LineFormat console(Context context, Environment environment) {
        boolean chosen = StringUtils.hasText(environment.getProperty("logging.pattern.console"));
        return format(context, chosen ? "${CONSOLE_LOG_PATTERN}" : CONSOLE, "CONSOLE_LOG_CHARSET");
    }

    static LineFormat file(Context context) {
        return format(context, "${FILE_LOG_PATTERN}", "FILE_LOG_CHARSET");
    }

    private static LineFormat format(Context context, String pattern, String charset) {
        try {
            PatternLayout layout = new PatternLayout();
            layout.setContext(context);
            layout.setPattern(OptionHelper.substVars(pattern, context));
            layout.start();
            return new TextLineFormat(layout, charset(context.getProperty(charset)));
        }
        catch (ScanException ex) {
            throw new IllegalStateException("The pattern of the log lines can't be read", ex);
        }
    }

    private static Charset charset(@Nullable String name) {
        return (name != null) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

}
