package io.observability.starter.logging.line;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.FailureContexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each logging event as one line of JSON in UTF-8, at most 256 KiB long. Whatever
 * the event holds, the line is valid JSON without duplicate names, and nothing is thrown:
 * an event that can't be written whole leaves a minimal line.
 * <p>
 * The names of the line itself ({@link LineSchema#reservedNames()}) can't be taken by a
 * caller: a field of such a name, or of one that an earlier field has, gets a trailing
 * {@code _}. Fields are written in the order MDC, SLF4J key-values, structured arguments,
 * logstash markers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonLineWriter implements LineFormat {

    private static final byte LINE_END = '\n';

    private final LineSchema schema;

    private final LineCounts counts = new LineCounts();

    private final TimestampText timestamps = new TimestampText();

    private final LinePool pool;

    private final byte[] head;

    private final byte[] service;

    private final Map<LineField, byte[]> names = new EnumMap<>(LineField.class);

    private final byte[][] levels;

    /**
     * Create a writer.
     * @param schema the names of the line's members
     * @param service the constants that stand on each line
     */
    public JsonLineWriter(LineSchema schema, ServiceIdentity service) {
        this.schema = schema;
        Set<String> reserved = schema.reservedNames();
        this.pool = new LinePool(Runtime.getRuntime().availableProcessors(),
                () -> new LineWriting(reserved, this.counts));
        for (LineField field : LineField.values()) {
            this.names.put(field, utf8(",\"" + field.name(schema) + "\":"));
        }
        this.head = utf8("{\"" + LineField.TIMESTAMP.name(schema) + "\":\"");
        this.service = constants(service);
        this.levels = new byte[][] { level(Level.TRACE), level(Level.DEBUG), level(Level.INFO), level(Level.WARN),
                level(Level.ERROR) };
    }

    /**
     * What had to be done to keep lines whole.
     * @return the counts, which go on counting
     */
    public LineCounts counts() {
        return this.counts;
    }

    /**
     * Write an event as one line, with its line end.
     * @param event the event
     * @return the bytes of the line
     */
    public byte[] toBytes(ILoggingEvent event) {
        LineWriting line = this.pool.take();
        try {
            LineBuffer out = line.ownBuffer();
            write(event, out, line);
            return out.toByteArray();
        }
        finally {
            this.pool.giveBack(line);
        }
    }

    /**
     * {@inheritDoc} The buffer grows by at most 256 KiB.
     */
    @Override
    public void write(ILoggingEvent event, LineBuffer out) {
        LineWriting line = this.pool.take();
        try {
            write(event, out, line);
        }
        finally {
            this.pool.giveBack(line);
        }
    }

    private void write(ILoggingEvent event, LineBuffer out, LineWriting line) {
        int start = out.position;
        try {
            line.begin(out);
            writeLine(event, out, line);
        }
        catch (Throwable ex) {
            out.truncate(start);
            this.counts.lineMinimal();
            writeMinimal(event, out, ex);
        }
    }

    private void writeLine(ILoggingEvent event, LineBuffer out, LineWriting line) {
        writeStart(event, out);
        name(out, LineField.MESSAGE);
        out.put('"');
        boolean whole = MessageText.append(out, event);
        out.put('"');
        string(out, LineField.LOGGER, event.getLoggerName());
        string(out, LineField.THREAD, event.getThreadName());
        IThrowableProxy failure = event.getThrowableProxy();
        Map<String, String> context = event.getMDCPropertyMap();
        Map<String, String> escaped = escapedFrom(context, failure);
        identifier(out, LineField.TRACE_ID, ContextField.TRACE_ID, context, escaped);
        identifier(out, LineField.SPAN_ID, ContextField.SPAN_ID, context, escaped);
        identifier(out, LineField.REQUEST_ID, ContextField.REQUEST_ID, context, escaped);
        out.put(this.service);
        writeFields(event, line, context, escaped);
        List<Marker> markers = event.getMarkerList();
        if (markers != null && !markers.isEmpty()) {
            TagNames.write(out, name(LineField.TAGS), markers);
        }
        if (line.cutFields() > 0) {
            name(out, LineField.FIELDS_CUT);
            out.putLong(line.cutFields());
        }
        if (failure != null) {
            writeFailure(out, failure);
        }
        if (!whole || line.cutFields() > 0) {
            this.counts.lineCut();
        }
        out.put('}');
        out.put(LINE_END);
    }

    private void writeStart(ILoggingEvent event, LineBuffer out) {
        out.put(this.head);
        this.timestamps.append(out, event.getTimeStamp(), event.getNanoseconds());
        Level level = event.getLevel();
        out.put((level != null) ? this.levels[index(level)] : this.levels[2]);
    }

    private void writeFields(ILoggingEvent event, LineWriting line, @Nullable Map<String, String> context,
            @Nullable Map<String, String> escaped) {
        if (context != null && !context.isEmpty()) {
            line.context(context, null);
        }
        if (escaped != null) {
            line.context(escaped, context);
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (int i = 0; i < pairs.size(); i++) {
                KeyValuePair pair = pairs.get(i);
                if (pair != null) {
                    line.field(pair.key, pair.value);
                }
            }
        }
        @Nullable Object[] arguments = event.getArgumentArray();
        if (arguments != null && LogstashFields.areIn(arguments)) {
            new LogstashFields(line).arguments(arguments);
        }
        List<Marker> markers = event.getMarkerList();
        if (markers != null && !markers.isEmpty()) {
            new LogstashFields(line).markers(markers);
        }
    }

    private void writeFailure(LineBuffer out, IThrowableProxy failure) {
        string(out, LineField.ERROR_TYPE, failure.getClassName());
        int mark = out.position;
        try {
            name(out, LineField.STACK_HASH);
            out.put('"');
            out.putHex(StackHash.of(failure));
            out.put('"');
            name(out, LineField.STACK_TRACE);
            out.put('"');
            new StackTraceText(out).append(failure);
            out.put('"');
        }
        catch (Throwable ex) {
            out.truncate(mark);
            this.counts.valueFailed();
            string(out, LineField.STACK_TRACE, "[FAILED " + ex.getClass().getName() + "]");
        }
    }

    // The line that remains when something in the event or around it fails. It takes only
    // what Logback itself made.
    private void writeMinimal(ILoggingEvent event, LineBuffer out, Throwable failure) {
        int start = out.position;
        try {
            writeStart(event, out);
            string(out, LineField.MESSAGE, event.getMessage());
            string(out, LineField.LOGGER, event.getLoggerName());
            string(out, LineField.THREAD, event.getThreadName());
        }
        catch (Throwable ex) {
            out.truncate(start);
            out.put(this.head);
            this.timestamps.append(out, System.currentTimeMillis(), -1);
            out.put(level(Level.ERROR));
            string(out, LineField.MESSAGE, "A log event failed to give its own parts");
        }
        out.put(this.service);
        string(out, LineField.ENCODING_ERROR, failure.getClass().getName());
        out.put('}');
        out.put(LINE_END);
    }

    private static @Nullable Map<String, String> escapedFrom(@Nullable Map<String, String> context,
            @Nullable IThrowableProxy failure) {
        if (!(failure instanceof ThrowableProxy proxy)
                || (context != null && context.get(ContextField.TRACE_ID.key()) != null)) {
            return null;
        }
        return FailureContexts.find(proxy.getThrowable());
    }

    private void identifier(LineBuffer out, LineField field, ContextField key, @Nullable Map<String, String> context,
            @Nullable Map<String, String> escaped) {
        String value = (context != null) ? context.get(key.key()) : null;
        if (value == null && escaped != null) {
            value = escaped.get(key.key());
        }
        if (value != null) {
            string(out, field, value);
        }
    }

    private void string(LineBuffer out, LineField field, @Nullable String value) {
        name(out, field);
        JsonText.quoted(out, (value != null) ? value : "null", LineLimits.NAME);
    }

    private void name(LineBuffer out, LineField field) {
        out.put(name(field));
    }

    private byte[] name(LineField field) {
        return Objects.requireNonNull(this.names.get(field));
    }

    private byte[] constants(ServiceIdentity identity) {
        LineBuffer out = new LineBuffer(256);
        string(out, LineField.SERVICE, identity.name());
        if (identity.version() != null) {
            string(out, LineField.SERVICE_VERSION, identity.version());
        }
        if (identity.environment() != null) {
            string(out, LineField.ENVIRONMENT, identity.environment());
        }
        return out.toByteArray();
    }

    private byte[] level(Level level) {
        return utf8("\",\"" + LineField.VERSION.name(this.schema) + "\":\"1\",\"" + LineField.LEVEL.name(this.schema)
                + "\":\"" + level.levelStr + "\",\"" + LineField.LEVEL_VALUE.name(this.schema) + "\":"
                + level.levelInt);
    }

    private static int index(Level level) {
        int value = level.levelInt;
        if (value >= Level.INFO_INT) {
            return (value >= Level.ERROR_INT) ? 4 : (value >= Level.WARN_INT) ? 3 : 2;
        }
        return (value >= Level.DEBUG_INT) ? 1 : 0;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

}
