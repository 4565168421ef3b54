package io.observability.starter.logging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.observability.starter.logging.LineAppender;
import io.observability.starter.logging.delivery.LineDelivery;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineCounts;
import io.observability.starter.logging.line.LineFormat;
import io.observability.starter.pipeline.Completeness;
import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.MeterPass;
import io.observability.starter.pipeline.PipelineSource;
import org.slf4j.ILoggerFactory;

/**
 * The appenders that write lines now. They are looked up each time, since Logback may
 * have been configured anew.
 */
final class RunningLines implements PipelineSource {

    private final Supplier<List<LineAppender>> appenders;

    RunningLines(Supplier<ILoggerFactory> factory) {
        this.appenders = MeterPass.once(() -> find(factory.get()));
    }

    List<LineAppender> appenders() {
        return this.appenders.get();
    }

    private static List<LineAppender> find(ILoggerFactory factory) {
        Set<LineAppender> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<LineAppender> appenders = new ArrayList<>();
        if (factory instanceof LoggerContext context) {
            for (Logger logger : context.getLoggerList()) {
                collect(logger, found, appenders);
            }
        }
        return appenders;
    }

    private static void collect(AppenderAttachable<ILoggingEvent> attachable, Set<LineAppender> found,
            List<LineAppender> appenders) {
        Iterator<Appender<ILoggingEvent>> iterator = attachable.iteratorForAppenders();
        while (iterator.hasNext()) {
            Appender<ILoggingEvent> appender = iterator.next();
            if (appender instanceof LineAppender lines && found.add(lines)) {
                appenders.add(lines);
            }
            else if (appender instanceof AppenderAttachable<?> wrapper) {
                @SuppressWarnings("unchecked") // An appender of events wraps such.
                AppenderAttachable<ILoggingEvent> inner = (AppenderAttachable<ILoggingEvent>) wrapper;
                collect(inner, found, appenders);
            }
        }
    }

    List<LineDelivery> deliveries() {
        return appenders().stream().flatMap((appender) -> appender.deliveries().stream()).toList();
    }

    @Override
    public List<LedgerEntry> entries() {
        return deliveries().stream().map(LineDelivery::ledger).toList();
    }

    long sum(ToLongFunction<LineCounts> count) {
        long sum = 0;
        for (LineAppender appender : appenders()) {
            for (LineFormat format : appender.formats()) {
                sum += (format instanceof JsonLineWriter writer) ? count.applyAsLong(writer.counts()) : 0;
            }
        }
        return sum;
    }

    /**
     * How complete the lines are, of all formats together.
     * @return the counts
     */
    List<Completeness> completeness() {
        Map<String, Completeness> sums = new LinkedHashMap<>();
        for (LineAppender appender : appenders()) {
            for (LineFormat format : appender.formats()) {
                if (format instanceof JsonLineWriter writer) {
                    writer.counts()
                        .completeness()
                        .forEach((one) -> sums.merge(one.aspect() + one.field(), one,
                                (sum, next) -> new Completeness(one.aspect(), one.field(),
                                        sum.expected() + next.expected(), sum.complete() + next.complete())));
                }
            }
        }
        return List.copyOf(sums.values());
    }

    long events(Level level) {
        return appenders().stream().mapToLong((appender) -> appender.events(level)).sum();
    }

    /**
     * Whether each event that is logged comes to one appender of lines, once.
     * @param context the loggers
     * @return whether it does
     */
    static boolean seeEverything(LoggerContext context) {
        return context.getLoggerList().stream().allMatch(RunningLines::isCounted);
    }

    private static boolean isCounted(Logger logger) {
        List<Appender<ILoggingEvent>> lines = new ArrayList<>();
        logger.iteratorForAppenders().forEachRemaining((appender) -> {
            if (appender instanceof LineAppender) {
                lines.add(appender);
            }
        });
        boolean top = !logger.isAdditive() || logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
        return lines.size() == (top ? 1 : 0);
    }

    long failedEvents() {
        return appenders().stream().mapToLong(LineAppender::failedEvents).sum();
    }

    void flush(Duration atMost) {
        appenders().forEach((appender) -> appender.flush(atMost));
    }

}
