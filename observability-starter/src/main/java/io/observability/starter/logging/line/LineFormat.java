package io.observability.starter.logging.line;

import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * How a logging event becomes a line. Implementations are thread-safe, throw nothing
 * whatever the event holds, and end each line with a line feed.
 *
 * @since 0.1.0
 */
public interface LineFormat {

    /**
     * Append an event as one line, with its line end, to a buffer.
     * @param event the event
     * @param out the buffer
     */
    void write(ILoggingEvent event, LineBuffer out);

}
