package io.observability.starter.logging.autoconfigure;

import java.util.List;
import java.util.Locale;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;

/**
 * Events by level, counted where lines are written. Micrometer counts them in a filter of
 * Logback's that is asked at each call of a level that is switched off as well, with an
 * array for the call's arguments. That remains where not every event comes to our
 * appender.
 */
final class LogEventMeters extends LogbackMetrics {

    private static final List<Level> LEVELS = List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE);

    private final RunningLines lines;

    private final LoggerContext context;

    LogEventMeters(RunningLines lines, LoggerContext context) {
        super(Tags.empty(), context);
        this.lines = lines;
        this.context = context;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (!RunningLines.seeEverything(this.context)) {
            super.bindTo(registry);
            return;
        }
        for (Level level : LEVELS) {
            FunctionCounter.builder("logback.events", this.lines, (running) -> running.events(level))
                .tag("level", level.levelStr.toLowerCase(Locale.ROOT))
                .description("Log events that passed their logger's level")
                .baseUnit("events")
                .register(registry);
        }
    }

}
