package io.observability.starter.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.observability.starter.logging.delivery.LossNotice;
import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * Tells of lost lines by a line when the loss begins and one when it has ended. A
 * destination that takes nothing can't tell of it: then the other destinations do, or
 * standard error when there is no other.
 */
final class LossLines implements LossNotice {

    private static final String LOGGER = "io.observability.starter.logging";

    private static final long LAST_WORD_MILLIS = 200;

    private final LoggerContext context;

    private final Supplier<@Nullable OpenRoutes> routes;

    LossLines(LoggerContext context, Supplier<@Nullable OpenRoutes> routes) {
        this.context = context;
        this.routes = routes;
    }

    @Override
    public void lossBegan(String destination, LossReason reason) {
        String message = "Log lines to " + destination + " are being lost: " + reason.id();
        boolean works = reason == LossReason.QUEUE_FULL || reason == LossReason.TOO_LONG;
        if (!tell(message, works ? null : destination)) {
            tellStandardError(message);
        }
    }

    @Override
    public void lossEnded(String destination, Map<LossReason, Long> lost, Duration lasted) {
        StringBuilder message = new StringBuilder("Log lines to ").append(destination)
            .append(" are written again. Lost in ")
            .append(lasted.toMillis())
            .append(" ms:");
        append(message, lost);
        tell(message.toString(), null);
    }

    // Nobody takes lines any more, so this one goes past them.
    @Override
    public void closedWithLosses(LedgerEntry account) {
        StringBuilder message = new StringBuilder("Log lines to ").append(account.destination())
            .append(" at its end: made ")
            .append(account.made())
            .append(", written ")
            .append(account.written())
            .append(", lost ")
            .append(account.lostInAll())
            .append(':');
        append(message, account.lost());
        Thread thread = tellStandardError(message.toString());
        try {
            // The JVM may end right after this.
            thread.join(LAST_WORD_MILLIS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void append(StringBuilder message, Map<LossReason, Long> lost) {
        lost.forEach((reason, lines) -> {
            if (lines > 0) {
                message.append(' ').append(reason.id()).append(' ').append(lines);
            }
        });
    }

    // Past loggers and their levels: nothing of the application's takes part.
    private boolean tell(String message, @Nullable String except) {
        OpenRoutes open = this.routes.get();
        if (open == null) {
            return false;
        }
        try {
            LoggingEvent event = new LoggingEvent();
            event.setLoggerContext(this.context);
            event.setLoggerName(LOGGER);
            event.setThreadName(Thread.currentThread().getName());
            event.setLevel(Level.WARN);
            event.setTimeStamp(System.currentTimeMillis());
            event.setMessage(message);
            event.setMDCPropertyMap(Map.of());
            return open.writeWithoutWaiting(event, except);
        }
        catch (RuntimeException ex) {
            return false;
        }
    }

    // On a thread of its own: whoever has stopped reading one stream may have stopped
    // reading the other.
    private static Thread tellStandardError(String message) {
        Thread thread = new Thread(() -> {
            try {
                byte[] line = (message + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
                @SuppressWarnings("resource") // It belongs to the process.
                FileOutputStream stream = new FileOutputStream(FileDescriptor.err);
                stream.write(line);
            }
            catch (IOException ex) {
                // There is nobody left to tell; the ledger has the count.
            }
        }, "observability-log-loss");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

}
