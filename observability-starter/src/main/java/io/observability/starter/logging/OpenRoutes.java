package io.observability.starter.logging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.observability.starter.logging.delivery.LineDelivery;
import io.observability.starter.logging.delivery.LossNotice;
import io.observability.starter.logging.delivery.Urgency;
import io.observability.starter.logging.line.LineBuffer;
import io.observability.starter.logging.line.LineFormat;
import org.jspecify.annotations.Nullable;

/**
 * The routes of an appender that is started. A line is written once for each format that
 * its level needs, and handed to each destination.
 */
final class OpenRoutes {

    /** Deeper than this, a {@code toString()} that logs is not asked any more. */
    private static final int MAX_NESTED = 8;

    private final ThreadLocal<Integer> nested = new ThreadLocal<>();

    private final BufferPool buffers = new BufferPool(Runtime.getRuntime().availableProcessors());

    private final Output[] outputs;

    private final List<LineDelivery> deliveries = new ArrayList<>();

    private final LongAdder failed;

    OpenRoutes(List<LineRoute> routes, LossNotice notice, LongAdder failed) {
        this.failed = failed;
        Map<LineFormat, List<Way>> ways = new LinkedHashMap<>();
        try {
            for (LineRoute route : routes) {
                LineDelivery delivery = LineDelivery.start(route.destination().get(), route.settings(), notice);
                this.deliveries.add(delivery);
                ways.computeIfAbsent(route.format(), (format) -> new ArrayList<>())
                    .add(new Way(delivery, route.from().levelInt, route.to().levelInt));
            }
        }
        catch (RuntimeException ex) {
            close();
            throw ex;
        }
        this.outputs = ways.entrySet()
            .stream()
            .map((entry) -> new Output(entry.getKey(), entry.getValue().toArray(new Way[0])))
            .toArray(Output[]::new);
    }

    List<LineDelivery> deliveries() {
        return List.copyOf(this.deliveries);
    }

    List<LineFormat> formats() {
        List<LineFormat> formats = new ArrayList<>();
        for (Output output : this.outputs) {
            formats.add(output.format);
        }
        return formats;
    }

    void write(ILoggingEvent event) {
        LineBuffer buffer = this.buffers.take();
        if (buffer == null) {
            writeNested(event);
            return;
        }
        try {
            write(event, buffer, null, urgency(event));
        }
        finally {
            this.buffers.giveBack(buffer);
        }
    }

    /**
     * Write a line of our own that never waits.
     * @param event the event
     * @param except the name of a destination that is left out, or {@code null}
     * @return whether there was a destination for it
     */
    boolean writeWithoutWaiting(ILoggingEvent event, @Nullable String except) {
        return write(event, this.buffers.make(), except, Urgency.LOW);
    }

    // All buffers near are lent, most often to this very thread, which logs while it
    // writes a line. Only here the depth is counted.
    private void writeNested(ILoggingEvent event) {
        Integer before = this.nested.get();
        if (before != null && before >= MAX_NESTED) {
            this.failed.increment();
            return;
        }
        this.nested.set((before != null) ? before + 1 : 1);
        try {
            write(event, this.buffers.make(), null, urgency(event));
        }
        finally {
            if (before != null) {
                this.nested.set(before);
            }
            else {
                this.nested.remove();
            }
        }
    }

    private boolean write(ILoggingEvent event, LineBuffer buffer, @Nullable String except, Urgency urgency) {
        Level eventLevel = event.getLevel();
        int level = (eventLevel != null) ? eventLevel.levelInt : Level.INFO_INT;
        boolean taken = false;
        for (Output output : this.outputs) {
            boolean written = false;
            for (Way way : output.ways) {
                if (level < way.from || level > way.to || (except != null && except.equals(way.delivery.name()))) {
                    continue;
                }
                if (!written) {
                    buffer.truncate(0);
                    output.format.write(event, buffer);
                    written = true;
                }
                way.delivery.deliver(buffer.array(), 0, buffer.length(), urgency);
                taken = true;
            }
        }
        return taken;
    }

    void close() {
        this.deliveries.forEach(LineDelivery::close);
    }

    private static Urgency urgency(ILoggingEvent event) {
        Level level = event.getLevel();
        if (level == null || level.levelInt < Level.WARN_INT) {
            return Urgency.LOW;
        }
        return (level.levelInt >= Level.ERROR_INT) ? Urgency.URGENT : Urgency.HIGH;
    }

    private static final class Output {

        final LineFormat format;

        final Way[] ways;

        Output(LineFormat format, Way[] ways) {
            this.format = format;
            this.ways = ways;
        }

    }

    private record Way(LineDelivery delivery, int from, int to) {
    }

}
