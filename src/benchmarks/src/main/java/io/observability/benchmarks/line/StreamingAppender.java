package io.observability.benchmarks.line;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;

/**
 * What a user can do about the array of bytes that Logback's encoder interface asks for
 * with each line: an appender that lets the encoder write into the stream.
 */
final class StreamingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final ReentrantLock lock = new ReentrantLock();

    private final LoggingEventCompositeJsonEncoder encoder;

    private final OutputStream stream;

    StreamingAppender(LoggingEventCompositeJsonEncoder encoder, OutputStream stream) {
        this.encoder = encoder;
        this.stream = stream;
    }

    @Override
    public void start() {
        this.encoder.setContext(getContext());
        this.encoder.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        this.lock.lock();
        try {
            this.encoder.encode(event, this.stream);
        }
        catch (IOException ex) {
            addError("Could not write a line", ex);
        }
        finally {
            this.lock.unlock();
        }
    }

}
