package io.observability.benchmarks.request;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.observability.starter.logging.LineAppender;
import io.observability.starter.logging.LineRoute;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.LineDestination;
import io.observability.starter.logging.line.LineFormat;
import org.slf4j.LoggerFactory;

/**
 * The starter's lines in a service that runs, with a stream in the place of the process's
 * standard output: written by a thread of their own, as they are there. Where
 * {@code System.out} is replaced the starter would let each caller wait for its line.
 * Loaded only where the starter is on the class path.
 */
final class StarterLines {

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final LineAppender appender;

    private StarterLines(LineAppender appender) {
        this.appender = appender;
    }

    static StarterLines to(OutputStream output) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Iterator<Appender<ILoggingEvent>> appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof LineAppender lines) {
                LineFormat format = lines.formats().get(0);
                lines.stop();
                lines.setSource((ignored) -> List
                    .of(new LineRoute(format, () -> new Stream(output), DeliverySettings.defaults())));
                lines.start();
                return new StarterLines(lines);
            }
        }
        throw new IllegalStateException("The starter writes no lines here");
    }

    void settle() {
        if (!this.appender.flush(AT_MOST)) {
            throw new IllegalStateException("Lines are still on their way");
        }
    }

    private record Stream(OutputStream output) implements LineDestination {

        @Override
        public String name() {
            return "stdout";
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            this.output.write(bytes, offset, length);
        }

        @Override
        public void close() {
            // Belongs to whoever gave it.
        }

    }

}
