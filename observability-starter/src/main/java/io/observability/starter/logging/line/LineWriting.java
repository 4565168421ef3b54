package io.observability.starter.logging.line;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * State of one line while it is written. It belongs to a {@link LineBuffer} and is reused
 * with it, so that a line allocates nothing of its own.
 */
final class LineWriting {

    // Of the logger and the thread, with what stands around them.
    private static final int NAMES = 2 * (LineLimits.NAME + 64);

    private final LineEncoding encoding;

    private final LineBounds bounds;

    private final FieldWriting fields;

    private final ContextFragment context;

    private final ContextFragment escaped;

    private final PresenceCounts.Cell presence;

    private final StackTraceText trace;

    private final LineBuffer thread = new LineBuffer(128);

    private @Nullable String threadName;

    private int end;

    private int messageEnd;

    private int reserved;

    private boolean cut;

    private boolean hasContext;

    private boolean hasEscaped;

    private boolean namesTaken;

    private int stackHash;

    private boolean traceFailed;

    private boolean inside;

    LineWriting(LineEncoding encoding) {
        this.encoding = encoding;
        this.bounds = encoding.bounds();
        this.fields = new FieldWriting(encoding);
        this.context = new ContextFragment(encoding);
        this.escaped = new ContextFragment(encoding);
        this.presence = encoding.presence().cell();
        this.trace = new StackTraceText(encoding.options().stack(), this.bounds, encoding.options().redaction(),
                encoding.throwableNames());
    }

    /**
     * The state that belongs to a buffer.
     * @param out the buffer
     * @param encoding what the lines have in common
     * @return the state, made when the buffer has none or that of another writer
     */
    static LineWriting of(LineBuffer out, LineEncoding encoding) {
        LineWriting state = out.writing;
        if (state == null || state.encoding != encoding) {
            state = new LineWriting(encoding);
            out.writing = state;
        }
        return state;
    }

    void begin(LineBuffer out, @Nullable Map<String, String> mdc, @Nullable Map<String, String> ofFailure) {
        this.fields.begin(out, out.position + this.bounds.fieldsEnd);
        this.end = out.position + this.bounds.line - this.encoding.parts().tail;
        this.cut = false;
        int context = 0;
        this.namesTaken = false;
        this.hasContext = mdc != null && !mdc.isEmpty();
        if (mdc != null && this.hasContext) {
            this.context.of(mdc, null, this.bounds.context);
            context = this.context.length();
        }
        this.hasEscaped = ofFailure != null && !ofFailure.isEmpty();
        if (ofFailure != null && this.hasEscaped) {
            this.escaped.of(ofFailure, this.hasContext ? mdc : null, Math.max(this.bounds.context - context, 0));
            context += this.escaped.length();
        }
        this.messageEnd = this.end - context - this.encoding.parts().constants.length - NAMES;
        // What the container gets of the context is already there, and comes last.
        this.reserved = (this.hasContext ? this.context.insideLength() : 0)
                + (this.hasEscaped ? this.escaped.insideLength() : 0);
        this.end -= this.reserved;
        this.presence
            .count((this.hasContext ? this.context.present() : 0) | (this.hasEscaped ? this.escaped.present() : 0));
    }

    /** Let go of everything that belongs to the caller, but for the context. */
    void release() {
        this.fields.end();
        if (this.hasEscaped) {
            this.escaped.clear();
        }
    }

    int cutFields() {
        int cut = this.fields.cutFields();
        if (this.hasContext) {
            cut += this.context.fields().cutFields();
        }
        return this.hasEscaped ? cut + this.escaped.fields().cutFields() : cut;
    }

    /**
     * Where the message ends at the latest, so that what is known to follow has room.
     * @return the position in the buffer
     */
    int messageEnd() {
        return this.messageEnd;
    }

    /**
     * Where the last value of the line ends at the latest.
     * @return the position in the buffer
     */
    int end() {
        return this.end;
    }

    /** The container begins: it takes what was kept free for it. */
    void beginContainer() {
        this.end += this.reserved;
    }

    void cut() {
        this.cut = true;
    }

    boolean isCut() {
        return this.cut || this.fields.isCut() || (this.hasContext && this.context.isCut())
                || (this.hasEscaped && this.escaped.isCut());
    }

    /**
     * Look at the exception of the line.
     * @param failure the exception
     */
    void failure(IThrowableProxy failure) {
        this.messageEnd -= this.bounds.tags;
        this.traceFailed = false;
        try {
            this.stackHash = this.trace.begin(failure);
        }
        catch (Throwable ex) {
            this.stackHash = 0;
            failedTrace();
        }
    }

    int stackHash() {
        return this.stackHash;
    }

    /**
     * Write the stack trace.
     * @param out the line
     * @param failure the exception, which was looked at
     * @param messageStart where the line has the message of the exception already
     * @param messageEnd where that ends; not behind its start if it does not have it
     */
    void stackTrace(LineBuffer out, IThrowableProxy failure, int messageStart, int messageEnd) {
        int mark = out.position;
        out.put('"');
        if (!this.traceFailed) {
            try {
                this.cut |= !this.trace.append(out, failure, messageStart, messageEnd, this.end);
                out.put('"');
                return;
            }
            catch (Throwable ex) {
                failedTrace();
            }
        }
        out.truncate(mark);
        JsonText.quoted(out, "[FAILED stack trace]", LineLimits.NAME);
    }

    private void failedTrace() {
        this.traceFailed = true;
        this.encoding.counts().valueFailed();
    }

    @SuppressWarnings("ReferenceEquality") // A thread's name is the same object until it
                                           // changes.
    void thread(LineBuffer out, @Nullable String name) {
        String wanted = (name != null) ? name : "null";
        if (wanted != this.threadName) {
            this.thread.truncate(0);
            JsonText.quoted(this.thread, wanted, LineLimits.NAME);
            this.threadName = wanted;
        }
        out.put(this.thread.bytes, 0, this.thread.position);
    }

    /**
     * Write the fields of the caller.
     * @param out the line
     * @param event the event that has them
     * @param insideContainer which of them: those in the object that the schema has for
     * them, or those outside
     */
    void fields(LineBuffer out, ILoggingEvent event, boolean insideContainer) {
        this.inside = insideContainer;
        if (this.hasContext) {
            this.context.appendTo(out, insideContainer);
        }
        if (this.hasEscaped) {
            this.escaped.appendTo(out, insideContainer);
        }
        if (!insideContainer && this.encoding.parts().container != null && !this.encoding.parts().twoPlaces) {
            return;
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (int i = 0; i < pairs.size(); i++) {
                KeyValuePair pair = pairs.get(i);
                if (pair != null) {
                    field(pair.key, pair.value);
                }
            }
        }
        @Nullable Object[] arguments = event.getArgumentArray();
        if (arguments != null && LogstashFields.areIn(arguments)) {
            new LogstashFields(this).arguments(arguments);
        }
        List<Marker> markers = event.getMarkerList();
        if (markers != null && !markers.isEmpty()) {
            new LogstashFields(this).markers(markers);
        }
    }

    void field(@Nullable String key, @Nullable Object value) {
        takeNames();
        this.fields.write(key, value, this.inside);
    }

    void failedField(String key, Throwable failure) {
        takeNames();
        this.fields.failed(key, failure, this.inside);
    }

    // Only a line with fields besides the context has to know what the context took.
    private void takeNames() {
        if (!this.namesTaken) {
            this.namesTaken = true;
            if (this.hasContext) {
                this.fields.after(this.context.fields());
            }
            if (this.hasEscaped) {
                this.fields.after(this.escaped.fields());
            }
        }
    }

}
