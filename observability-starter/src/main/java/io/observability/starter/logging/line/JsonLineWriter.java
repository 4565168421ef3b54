package io.observability.starter.logging.line;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.FailureContexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Writes each logging event as one line of JSON in UTF-8, never longer than chosen.
 * Whatever the event holds, the line is valid JSON without duplicate names, and nothing
 * is thrown: an event that can't be written whole leaves a minimal line.
 * <p>
 * The names of the line itself can't be taken by a caller: a field of such a name, or of
 * one that an earlier field has, gets a trailing {@code _}. Fields are written in the
 * order MDC, SLF4J key-values, structured arguments, logstash markers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonLineWriter implements LineFormat {

    private static final byte LINE_END = '\n';

    private static final String TOO_LONG = "the line was too long";

    private final LineSchema schema;

    private final LineEncoding encoding;

    private final LineParts parts;

    private final TimestampText timestamps;

    private final QuotedNames loggers = new QuotedNames();

    private final MessageText messages;

    private final LineBuffers buffers = new LineBuffers(Runtime.getRuntime().availableProcessors());

    private final int maxLine;

    private final @Nullable LinePart logger;

    private final @Nullable LinePart thread;

    /**
     * Create a writer with the usual options.
     * @param schema the names of the line's members
     * @param service the constants that stand on each line
     */
    public JsonLineWriter(LineSchema schema, ServiceIdentity service) {
        this(schema, service, LineOptions.defaults());
    }

    /**
     * Create a writer.
     * @param schema the names of the line's members
     * @param service the constants that stand on each line
     * @param options what else was chosen
     */
    public JsonLineWriter(LineSchema schema, ServiceIdentity service, LineOptions options) {
        this.schema = schema;
        this.encoding = new LineEncoding(schema, service, options);
        this.parts = this.encoding.parts();
        this.timestamps = new TimestampText(schema.shape().instant());
        this.logger = this.parts.part(LineField.LOGGER);
        this.thread = this.parts.part(LineField.THREAD);
        this.messages = new MessageText(options.redaction(), this.encoding.bounds());
        this.maxLine = options.maxLine();
    }

    /**
     * The schema of the lines.
     * @return the schema
     */
    public LineSchema schema() {
        return this.schema;
    }

    /**
     * What had to be done to keep lines whole.
     * @return the counts, which go on counting
     */
    public LineCounts counts() {
        return this.encoding.counts();
    }

    /**
     * Write an event as one line, with its line end.
     * @param event the event
     * @return the bytes of the line
     */
    public byte[] toBytes(ILoggingEvent event) {
        LineBuffer out = this.buffers.take();
        try {
            write(event, out);
            return out.toByteArray();
        }
        finally {
            this.buffers.giveBack(out);
        }
    }

    /**
     * {@inheritDoc} The line is never longer than {@link LineOptions#maxLine()}.
     */
    @Override
    public void write(ILoggingEvent event, LineBuffer out) {
        LineWriting line = LineWriting.of(out, this.encoding);
        int start = out.position;
        try {
            writeLine(event, out, line);
            if (out.position - start > this.maxLine) {
                writeMinimal(event, out, start, TOO_LONG);
            }
        }
        catch (Throwable ex) {
            writeMinimal(event, out, start, ex.getClass().getName());
        }
        finally {
            line.release();
        }
    }

    // On purpose in one piece, and longer than the 325 bytes of bytecode up to which
    // HotSpot inlines: a unit of its own to the compiler. As a part of its callers' the
    // encoder lies so deep that their limit of 15 calls leaves its inner loops out.
    private void writeLine(ILoggingEvent event, LineBuffer out, LineWriting line) {
        IThrowableProxy failure = event.getThrowableProxy();
        Map<String, String> context = event.getMDCPropertyMap();
        line.begin(out, context, (failure != null) ? escapedFrom(context, failure) : null);
        if (failure != null) {
            line.failure(failure);
        }
        LineParts parts = this.parts;
        out.put(parts.head);
        this.timestamps.append(out, event.getTimeStamp(), event.getNanoseconds());
        Level level = event.getLevel();
        out.put(parts.levels[(level != null) ? LevelFormat.index(level) : 2]);
        boolean whole = this.messages.append(out, event, line.messageEnd());
        out.put('"');
        LinePart part = this.logger;
        if (part != null && !part.inside) {
            out.put(part.before);
            String name = event.getLoggerName();
            out.put(this.loggers.get((name != null) ? name : "null"));
            out.put(part.after);
        }
        part = this.thread;
        if (part != null && !part.inside) {
            out.put(part.before);
            line.thread(out, event.getThreadName());
            out.put(part.after);
        }
        out.put(parts.constants);
        line.fields(out, event, false);
        List<Marker> markers = event.getMarkerList();
        boolean marked = markers != null && !markers.isEmpty();
        if (failure != null || marked || line.cutFields() > 0) {
            rest(event, out, line, failure, false);
        }
        byte[] container = parts.container;
        if (container != null) {
            container(event, out, line, failure, container);
        }
        if (!whole || line.isCut()) {
            counts().lineCut();
        }
        out.put('}');
        out.put(LINE_END);
    }

    private void container(ILoggingEvent event, LineBuffer out, LineWriting line, @Nullable IThrowableProxy failure,
            byte[] start) {
        line.beginContainer();
        int mark = out.position;
        out.put(start);
        int first = out.position;
        LinePart part = this.logger;
        if (part != null && part.inside) {
            logger(event, out, part);
        }
        part = this.thread;
        if (part != null && part.inside) {
            thread(event, out, part, line);
        }
        line.fields(out, event, true);
        rest(event, out, line, failure, true);
        if (out.position == first) {
            out.truncate(mark);
        }
        else {
            out.bytes[first] = '{';
            out.put('}');
        }
    }

    private void writeStart(ILoggingEvent event, LineBuffer out) {
        out.put(this.parts.head);
        this.timestamps.append(out, event.getTimeStamp(), event.getNanoseconds());
        Level level = event.getLevel();
        out.put(this.parts.levels[(level != null) ? LevelFormat.index(level) : 2]);
    }

    private void logger(ILoggingEvent event, LineBuffer out, LinePart part) {
        String name = event.getLoggerName();
        out.put(part.before);
        out.put(this.loggers.get((name != null) ? name : "null"));
        out.put(part.after);
    }

    private static void thread(ILoggingEvent event, LineBuffer out, LinePart part, LineWriting line) {
        out.put(part.before);
        line.thread(out, event.getThreadName());
        out.put(part.after);
    }

    private void rest(ILoggingEvent event, LineBuffer out, LineWriting line, @Nullable IThrowableProxy failure,
            boolean inside) {
        List<Marker> markers = event.getMarkerList();
        if (markers != null && !markers.isEmpty()) {
            LinePart part = part(LineField.TAGS, inside);
            if (part != null) {
                int end = Math.min(out.position + this.encoding.bounds().tags, line.end());
                if (!TagNames.write(out, part.before, markers, end)) {
                    line.cut();
                }
            }
        }
        if (line.cutFields() > 0) {
            LinePart part = part(LineField.FIELDS_CUT, inside);
            if (part != null) {
                out.put(part.before);
                out.putLong(line.cutFields());
                out.put(part.after);
            }
        }
        if (failure != null) {
            writeFailure(out, line, failure, inside);
        }
    }

    private void writeFailure(LineBuffer out, LineWriting line, IThrowableProxy failure, boolean inside) {
        failureType(out, line, failure.getClassName(), inside);
        int messageStart = 0;
        int messageEnd = 0;
        LinePart part = part(LineField.ERROR_MESSAGE, inside);
        String message = failure.getMessage();
        if (message != null && part != null) {
            messageStart = out.position + part.before.length + 1;
            int limit = Math.min(this.encoding.bounds().errorMessage, line.end() - out.position);
            if (!string(out, LineField.ERROR_MESSAGE, message, limit, inside)) {
                line.cut();
            }
            messageEnd = out.position - part.after.length - 1;
        }
        part = part(LineField.STACK_HASH, inside);
        if (part != null) {
            out.put(part.before);
            out.put('"');
            out.putHex(line.stackHash());
            out.put('"');
            out.put(part.after);
        }
        part = part(LineField.STACK_TRACE, inside);
        if (part != null) {
            out.put(part.before);
            line.stackTrace(out, failure, messageStart, messageEnd);
            out.put(part.after);
        }
    }

    private void failureType(LineBuffer out, LineWriting line, @Nullable String type, boolean inside) {
        LinePart part = part(LineField.ERROR_TYPE, inside);
        ThrowableName name = (type != null && part != null) ? this.encoding.throwableNames().get(type) : null;
        int limit = Math.min(LineLimits.NAME, line.end() - out.position);
        if (name != null && part != null && name.quoted.length < limit) {
            out.put(part.before);
            out.put(name.quoted);
            out.put(part.after);
        }
        else if (!string(out, LineField.ERROR_TYPE, type, limit, inside)) {
            line.cut();
        }
    }

    // The line that remains when something in the event or around it fails. It takes only
    // what Logback itself made.
    private void writeMinimal(ILoggingEvent event, LineBuffer out, int start, String error) {
        out.truncate(start);
        counts().lineMinimal();
        try {
            writeStart(event, out);
            minimalText(out, event.getMessage());
            string(out, LineField.LOGGER, event.getLoggerName(), LineLimits.NAME, false);
            string(out, LineField.THREAD, event.getThreadName(), LineLimits.NAME, false);
        }
        catch (Throwable ex) {
            out.truncate(start);
            out.put(this.parts.head);
            this.timestamps.append(out, System.currentTimeMillis(), -1);
            out.put(this.parts.levels[LevelFormat.index(Level.ERROR)]);
            minimalText(out, "A log event failed to give its own parts");
        }
        out.put(this.parts.constants);
        string(out, LineField.ENCODING_ERROR, error, LineLimits.NAME, false);
        if (this.parts.container != null && part(LineField.ENCODING_ERROR, true) != null) {
            out.put(this.parts.container);
            int first = out.position;
            string(out, LineField.ENCODING_ERROR, error, LineLimits.NAME, true);
            out.bytes[first] = '{';
            out.put('}');
        }
        out.put('}');
        out.put(LINE_END);
    }

    private void minimalText(LineBuffer out, @Nullable String message) {
        String text = (message != null) ? message : "null";
        JsonText.append(out, text, 0, text.length(), out.position + LineLimits.NAME);
        out.put('"');
    }

    private static @Nullable Map<String, String> escapedFrom(@Nullable Map<String, String> context,
            IThrowableProxy failure) {
        if (!(failure instanceof ThrowableProxy proxy)
                || (context != null && context.get(ContextField.TRACE_ID.key()) != null)) {
            return null;
        }
        return FailureContexts.find(proxy.getThrowable());
    }

    // Whether the value was written whole, as far as the schema has it at all.
    private boolean string(LineBuffer out, LineField field, @Nullable String value, int limit, boolean inside) {
        LinePart part = part(field, inside);
        boolean whole = true;
        if (part != null) {
            out.put(part.before);
            out.put('"');
            int from = out.position;
            out.seen = 0;
            String text = (value != null) ? value : "null";
            whole = JsonText.append(out, text, 0, text.length(), out.position + limit);
            this.encoding.mask(out, from);
            out.put('"');
            out.put(part.after);
        }
        return whole;
    }

    private @Nullable LinePart part(LineField field, boolean inside) {
        LinePart part = this.parts.part(field);
        return (part != null && part.inside == inside) ? part : null;
    }

}
