package io.observability.starter.logging;

import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.LineDestination;
import io.observability.starter.logging.line.LineFormat;

/**
 * A way that lines take: which levels, how they look, where they go and how they get
 * there. Routes that share a format share the line as well: it is written once.
 *
 * @param format how a line looks
 * @param destination makes the destination when the appender starts
 * @param settings how lines get there
 * @param from the lowest level that takes this way
 * @param to the highest level that does
 * @since 0.1.0
 */
public record LineRoute(LineFormat format, Supplier<LineDestination> destination, DeliverySettings settings, Level from,
        Level to) {

    /**
     * A route for every level.
     * @param format how a line looks
     * @param destination makes the destination when the appender starts
     * @param settings how lines get there
     */
    public LineRoute(LineFormat format, Supplier<LineDestination> destination, DeliverySettings settings) {
        this(format, destination, settings, Level.TRACE, Level.ERROR);
    }

}
