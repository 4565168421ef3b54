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
import io.observability.starter.logging.line.LineBuffers;
import io.observability.starter.logging.line.LineFormat;
import org.jspecify.annotations.Nullable;

/**
 * The routes of an appender that is started. A line is written once for each format that
 * its level needs, and handed to each destination.
 */
final class OpenRoutes {

    /** Deeper than this, a {@code toString()} that logs is not asked any more. */
    private static final int MAX_NESTED = 8;

    private final ThreadLocal<@Nullable Integer> nested = new ThreadLocal<>();

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
        int level = level(event);
        Urgency urgency = urgency(level);
        for (Output output : this.outputs) {
            if (!output.takes(level, null)) {
                continue;
            }
            LineBuffer buffer = output.buffers.takeNear();
            if (buffer == null) {
                writeNested(event, output, urgency);
                continue;
            }
            try {
                output.write(event, level, buffer, null, urgency);
            }
            finally {
                output.buffers.giveBack(buffer);
            }
        }
    }

    /**
     * Write a line of our own that never waits.
     * @param event the event
     * @param except the name of a destination that is left out, or {@code null}
     * @return whether there was a destination for it
     */
    boolean writeWithoutWaiting(ILoggingEvent event, @Nullable String except) {
        int level = level(event);
        boolean taken = false;
        for (Output output : this.outputs) {
            if (output.takes(level, except)) {
                output.write(event, level, output.buffers.make(), except, Urgency.LOW);
                taken = true;
            }
        }
        return taken;
    }

    // All buffers near are lent, most often to this very thread, which logs while it
    // writes a line. Only here the depth is counted.
    private void writeNested(ILoggingEvent event, Output output, Urgency urgency) {
        Integer before = this.nested.get();
        if (before != null && before >= MAX_NESTED) {
            this.failed.increment();
            return;
        }
        this.nested.set((before != null) ? before + 1 : 1);
        try {
            output.write(event, level(event), output.buffers.make(), null, urgency);
        }
        finally {
            this.nested.set(before);
        }
    }

    void close() {
        this.deliveries.forEach(LineDelivery::close);
    }

    private static int level(ILoggingEvent event) {
        Level level = event.getLevel();
        return (level != null) ? level.levelInt : Level.INFO_INT;
    }

    private static Urgency urgency(int level) {
        if (level < Level.WARN_INT) {
            return Urgency.LOW;
        }
        return (level >= Level.ERROR_INT) ? Urgency.URGENT : Urgency.HIGH;
    }

    /**
     * A format and the ways that want it. The buffers are its own: they keep what the
     * format needs from line to line.
     */
    private static final class Output {

        private final LineBuffers buffers = new LineBuffers(Runtime.getRuntime().availableProcessors());

        private final LineFormat format;

        private final Way[] ways;

        Output(LineFormat format, Way[] ways) {
            this.format = format;
            this.ways = ways;
        }

        boolean takes(int level, @Nullable String except) {
            for (Way way : this.ways) {
                if (way.takes(level, except)) {
                    return true;
                }
            }
            return false;
        }

        void write(ILoggingEvent event, int level, LineBuffer buffer, @Nullable String except, Urgency urgency) {
            this.format.write(event, buffer);
            for (Way way : this.ways) {
                if (way.takes(level, except)) {
                    way.delivery.deliver(buffer.array(), 0, buffer.length(), urgency);
                }
            }
        }

    }

    private record Way(LineDelivery delivery, int from, int to) {

        boolean takes(int level, @Nullable String except) {
            return level >= this.from && level <= this.to && !(except != null && except.equals(this.delivery.name()));
        }

    }

}
