package io.observability.starter.logging.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import io.observability.starter.logging.line.LineBuffer;
import io.observability.starter.logging.line.LineFormat;

/**
 * Lines of text for people, made by a Logback layout. Control characters of the caller's
 * are made visible before the layout sees them, so that no message forges a line or
 * steers the terminal; a message of several lines keeps them, each further one behind a
 * mark. Thread-safe if the layout is, as Logback's pattern layout is.
 *
 * @since 0.1.0
 */
public final class TextLineFormat implements LineFormat {

    private final Layout<ILoggingEvent> layout;

    private final Charset charset;

    /**
     * Create a format.
     * @param layout the layout, started
     * @param charset the charset of the bytes
     */
    public TextLineFormat(Layout<ILoggingEvent> layout, Charset charset) {
        this.layout = layout;
        this.charset = charset;
    }

    /**
     * Create a format of lines in UTF-8.
     * @param layout the layout, started
     */
    public TextLineFormat(Layout<ILoggingEvent> layout) {
        this(layout, StandardCharsets.UTF_8);
    }

    @Override
    public void write(ILoggingEvent event, LineBuffer out) {
        byte[] line;
        try {
            line = this.layout.doLayout(new VisibleEvent(event)).getBytes(this.charset);
        }
        catch (Throwable ex) {
            line = minimal(event, ex).getBytes(this.charset);
        }
        out.append(line, 0, line.length);
    }

    // The unformatted message, since formatting it is what may have failed.
    private static String minimal(ILoggingEvent event, Throwable failure) {
        Level level = event.getLevel();
        return ((level != null) ? level : Level.INFO) + " " + VisibleText.of(event.getLoggerName(), false) + " : "
                + VisibleText.of(event.getMessage(), true) + " [encoding failed: " + failure.getClass().getName() + "]"
                + System.lineSeparator();
    }

}
