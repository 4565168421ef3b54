package io.observability.benchmarks.line;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.observability.starter.logging.LineAppender;
import io.observability.starter.logging.LineRoute;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.FullPolicy;
import io.observability.starter.logging.delivery.LineDelivery;
import io.observability.starter.logging.delivery.LineDestination;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.logging.line.ServiceIdentity;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * The rows behind Logback.
 */
final class LogbackBackend implements LineBackend {

    private final LoggerContext context;

    private final Appender<ILoggingEvent> appender;

    LogbackBackend(LineRow row, LineSink sink) {
        this.context = (LoggerContext) LoggerFactory.getILoggerFactory();
        this.context.reset();
        this.appender = appender(row, sink);
        this.appender.setContext(this.context);
        this.appender.start();
        var root = this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(this.appender);
    }

    private Appender<ILoggingEvent> appender(LineRow row, LineSink sink) {
        return switch (row) {
            case FLOOR -> new LastEvent();
            case STARTER -> starter(sink, false);
            case STARTER_ASYNC -> starter(sink, true);
            case LOGSTASH -> stream(new LogstashEncoder(), sink);
            case LOGSTASH_TUNED -> new StreamingAppender(TypedFields.encoder(), sink);
            case BOOT -> stream(boot(), sink);
            case LOGBACK_JSON -> stream(new JsonEncoder(), sink);
            default -> throw new IllegalArgumentException(row + " is not behind Logback");
        };
    }

    /**
     * The complete line as it comes: every option has its default.
     * @param sink what takes the lines
     * @param asynchronous whether a thread of its own writes
     * @return the appender
     */
    static LineAppender starter(LineSink sink, boolean asynchronous) {
        // A full ring lets the caller wait here, so that each line is in the figures.
        DeliverySettings defaults = DeliverySettings.defaults();
        return starter(new SinkDestination(sink), new DeliverySettings(asynchronous, FullPolicy.BLOCK,
                defaults.ringBytes(), Duration.ofSeconds(5), defaults.maxErrorWait(), defaults.shutdownTimeout()));
    }

    static LineAppender starter(LineDestination destination, DeliverySettings settings) {
        JsonLineWriter format = new JsonLineWriter(LineSchema.LOGSTASH, new ServiceIdentity("orders", null, null));
        LineAppender appender = new LineAppender();
        appender.setSource((context) -> List.of(new LineRoute(format, () -> destination, settings)));
        return appender;
    }

    private Appender<ILoggingEvent> stream(Encoder<ILoggingEvent> encoder, LineSink sink) {
        encoder.setContext(this.context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> stream = new OutputStreamAppender<>();
        stream.setContext(this.context);
        stream.setEncoder(encoder);
        stream.setOutputStream(sink);
        return stream;
    }

    private StructuredLogEncoder boot() {
        this.context.putObject(Environment.class.getName(), new StandardEnvironment());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setFormat("logstash");
        return encoder;
    }

    @Override
    public void flush() {
        if (this.appender instanceof LineAppender lines) {
            lines.flush(Duration.ofSeconds(30));
        }
    }

    @Override
    public long lost() {
        long lost = 0;
        if (this.appender instanceof LineAppender lines) {
            for (LineDelivery delivery : lines.deliveries()) {
                lost += delivery.ledger().lostInAll();
            }
        }
        return lost;
    }

    @Override
    public void close() {
        this.context.stop();
    }

    /**
     * Does nothing but keep the event, or the compiler would take the event away.
     */
    private static final class LastEvent extends UnsynchronizedAppenderBase<ILoggingEvent> {

        @SuppressWarnings({ "unused", "NullAway.Init" })
        private ILoggingEvent last;

        @Override
        protected void append(ILoggingEvent event) {
            this.last = event;
        }

    }

    private record SinkDestination(LineSink sink) implements LineDestination {

        @Override
        public String name() {
            return "sink";
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            this.sink.write(bytes, offset, length);
        }

        @Override
        public void close() {
        }

    }

}
