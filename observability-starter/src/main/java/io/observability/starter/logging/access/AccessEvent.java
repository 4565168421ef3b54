package io.observability.starter.logging.access;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/**
 * The line as an event of SLF4J, which a backend takes over as it is. SLF4J's own builder
 * makes two lists and copies both.
 */
final class AccessEvent implements LoggingEvent {

    /** Method, route, status, milliseconds. */
    static final String MESSAGE = "{} {} {} {} ms";

    private final String logger;

    private final Level level;

    private final Object[] arguments;

    private final List<KeyValuePair> pairs;

    AccessEvent(String logger, Level level, Object[] arguments, List<KeyValuePair> pairs) {
        this.logger = logger;
        this.level = level;
        this.arguments = arguments;
        this.pairs = pairs;
    }

    @Override
    public Level getLevel() {
        return this.level;
    }

    @Override
    public String getLoggerName() {
        return this.logger;
    }

    @Override
    public String getMessage() {
        return MESSAGE;
    }

    @Override
    public List<Object> getArguments() {
        return List.of(this.arguments);
    }

    @Override
    public Object[] getArgumentArray() {
        return this.arguments;
    }

    @Override
    public @Nullable List<Marker> getMarkers() {
        return null;
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return this.pairs;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }

    @Override
    public long getTimeStamp() {
        return 0;
    }

    @Override
    public String getThreadName() {
        return Thread.currentThread().getName();
    }

    @Override
    public String getCallerBoundary() {
        return AccessLog.class.getName();
    }

}
