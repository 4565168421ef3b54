package io.observability.starter.logging;

import java.util.List;

import ch.qos.logback.core.Context;

/**
 * Says where the lines of an appender go, each time that it starts.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LineSource {

    /**
     * Make the routes.
     * @param context the Logback context that the appender belongs to
     * @return the routes
     */
    List<LineRoute> routes(Context context);

}
