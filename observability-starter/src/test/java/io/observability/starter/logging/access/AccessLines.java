package io.observability.starter.logging.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * The access lines that are written while it is attached.
 */
public final class AccessLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<Line> seen = new CopyOnWriteArrayList<>();

    public static AccessLines attach() {
        // An application that failed to start earlier in this JVM left all logging
        // denied.
        logger().getLoggerContext().resetTurboFilterList();
        AccessLines lines = new AccessLines();
        lines.setContext(logger().getLoggerContext());
        lines.start();
        logger().addAppender(lines);
        return lines;
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    }

    public List<Line> seen() {
        return this.seen;
    }

    public void clear() {
        this.seen.clear();
    }

    /**
     * Wait for the one line of a request.
     * @param requestId the request
     * @return its line
     */
    public Line only(String requestId) {
        Awaitility.await(requestId)
            .atMost(Duration.ofSeconds(20))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> this.seen.stream().anyMatch((line) -> requestId.equals(line.mdc().get("request_id"))));
        List<Line> found = this.seen.stream().filter((line) -> requestId.equals(line.mdc().get("request_id"))).toList();
        if (found.size() != 1) {
            throw new AssertionError("Lines of " + requestId + ": " + found);
        }
        return found.get(0);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, pair.value);
            }
        }
        this.seen.add(
                new Line(event.getLevel(), event.getFormattedMessage(), Map.copyOf(event.getMDCPropertyMap()), fields));
    }

    @Override
    public void close() {
        logger().detachAppender(this);
    }

    public record Line(Level level, String message, Map<String, String> mdc, Map<String, Object> fields) {

        public Object get(AccessField field) {
            return this.fields.get(field.key());
        }

    }

}
