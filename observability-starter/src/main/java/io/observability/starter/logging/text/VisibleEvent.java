package io.observability.starter.logging.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * An event as a layout sees it: no text of the caller's steers the terminal or passes for
 * a line of its own.
 */
final class VisibleEvent implements ILoggingEvent {

    private final ILoggingEvent event;

    VisibleEvent(ILoggingEvent event) {
        this.event = event;
    }

    @Override
    public @Nullable String getThreadName() {
        return VisibleText.of(this.event.getThreadName(), false);
    }

    @Override
    public Level getLevel() {
        Level level = this.event.getLevel();
        return (level != null) ? level : Level.INFO;
    }

    @Override
    public @Nullable String getMessage() {
        return VisibleText.of(this.event.getMessage(), true);
    }

    @Override
    public @Nullable Object @Nullable [] getArgumentArray() {
        return this.event.getArgumentArray();
    }

    @Override
    public @Nullable String getFormattedMessage() {
        return VisibleText.of(this.event.getFormattedMessage(), true);
    }

    @Override
    public @Nullable String getLoggerName() {
        return VisibleText.of(this.event.getLoggerName(), false);
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return this.event.getLoggerContextVO();
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return VisibleThrowable.of(this.event.getThrowableProxy());
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return this.event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return this.event.hasCallerData();
    }

    @Override
    public @Nullable List<Marker> getMarkerList() {
        return this.event.getMarkerList();
    }

    @Override
    public @Nullable Map<String, String> getMDCPropertyMap() {
        Map<String, String> context = this.event.getMDCPropertyMap();
        if (context == null || context.isEmpty()) {
            return context;
        }
        Map<String, String> visible = new LinkedHashMap<>();
        context.forEach((key, value) -> visible.put(key, VisibleText.of(value, false)));
        return visible;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public @Nullable Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public long getTimeStamp() {
        return this.event.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return this.event.getNanoseconds();
    }

    @Override
    public long getSequenceNumber() {
        return this.event.getSequenceNumber();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        List<KeyValuePair> pairs = this.event.getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            return pairs;
        }
        List<KeyValuePair> visible = new ArrayList<>(pairs.size());
        for (KeyValuePair pair : pairs) {
            if (pair != null) {
                visible.add(new KeyValuePair(VisibleText.of(pair.key, false), text(pair.value)));
            }
        }
        return visible;
    }

    @Override
    public void prepareForDeferredProcessing() {
        this.event.prepareForDeferredProcessing();
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return VisibleText.of(value.toString(), false);
        }
        catch (RuntimeException ex) {
            return "[FAILED toString()]";
        }
    }

}
