package io.observability.starter.logging.text;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.observability.starter.logging.line.LineBuffer;
import io.observability.starter.logging.line.LineFormat;
import org.jspecify.annotations.Nullable;

/**
 * Lines made by another Logback encoder, such as the one of logstash-logback-encoder.
 * What that encoder can't write, the starter's own format does. Thread-safe, as Logback
 * demands of encoders.
 *
 * @since 0.1.0
 */
public final class EncodedLineFormat implements LineFormat {

    private static final byte[] LINE_END = { '\n' };

    private final Encoder<ILoggingEvent> encoder;

    private final LineFormat instead;

    /**
     * Create a format.
     * @param encoder the encoder, started
     * @param instead what writes a line that the encoder fails to write
     */
    public EncodedLineFormat(Encoder<ILoggingEvent> encoder, LineFormat instead) {
        this.encoder = encoder;
        this.instead = instead;
    }

    @Override
    public void write(ILoggingEvent event, LineBuffer out) {
        byte @Nullable [] line = encode(event);
        if (line == null || line.length == 0) {
            this.instead.write(event, out);
            return;
        }
        out.append(line, 0, line.length);
        if (line[line.length - 1] != '\n') {
            out.append(LINE_END, 0, 1);
        }
    }

    private byte @Nullable [] encode(ILoggingEvent event) {
        try {
            return this.encoder.encode(event);
        }
        catch (Throwable ex) {
            return null;
        }
    }

}
