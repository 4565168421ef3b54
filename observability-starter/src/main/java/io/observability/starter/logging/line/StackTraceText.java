package io.observability.starter.logging.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Writes an exception the way {@code printStackTrace} does, as the inside of a JSON
 * string: frames shared with the enclosing trace are left out, circular references are
 * named, and frames, causes and suppressed exceptions have bounds. The root cause of a
 * chain that is too long is always written. Reused from line to line by one thread at a
 * time; the frames come from a cache that all share.
 */
final class StackTraceText {

    private static final byte[] END = ascii("\\n");

    private static final byte[] INDENT = ascii("\\t");

    private static final byte[] CAUSED_BY = ascii("Caused by: ");

    private static final byte[] WRAPPED_BY = ascii("Wrapped by: ");

    private static final byte[] COLON = ascii(": ");

    private static final byte[] SUPPRESSED = ascii("Suppressed: ");

    // Of a foreign exception that names itself as its cause.
    private static final int MAX_CHAIN = 10_000;

    private static final @Nullable IThrowableProxy[] NO_CHAIN = {};

    private final StackOptions options;

    private final Redaction redaction;

    private final ThrowableNames names;

    private final FrameCache cache = FrameCache.SHARED;

    private final StackParts parts;

    // Of the root cause first alone: the exceptions from the outermost on.
    private @Nullable IThrowableProxy[] chain = NO_CHAIN;

    private final int maxBytes;

    private final int maxMessage;

    private final int maxType;

    private LineBuffer out;

    private boolean full;

    private int messageStart;

    private int messageEnd;

    private int end;

    StackTraceText(StackOptions options, LineBounds bounds, Redaction redaction, ThrowableNames names) {
        this.options = options;
        this.maxBytes = Math.min(options.maxBytes(), bounds.stack);
        this.maxMessage = bounds.errorMessage;
        this.maxType = Math.min(LineLimits.NAME, this.maxBytes / 16);
        this.redaction = redaction;
        this.names = names;
        this.parts = new StackParts(names);
        this.out = new LineBuffer(0);
    }

    /**
     * Look at the exception that is written next.
     * @param failure the exception
     * @return its {@linkplain StackHash hash}
     */
    int begin(IThrowableProxy failure) {
        return this.parts.begin(failure);
    }

    /**
     * Write the exception that {@link #begin} looked at.
     * @param target the buffer
     * @param failure the exception
     * @param messageStart where the buffer has the message of the exception already, up
     * to the same limit and masked
     * @param messageEnd where that ends; not behind its start if it does not have it
     * @param lineEnd the position in the buffer at which it is cut at the latest
     * @return whether there was room for all of it
     */
    @SuppressWarnings("ReferenceEquality")
    boolean append(LineBuffer target, IThrowableProxy failure, int messageStart, int messageEnd, int lineEnd) {
        if (this.out != target) {
            this.out = target;
        }
        this.messageStart = messageStart;
        this.messageEnd = messageEnd;
        // What comes after the end (notes, the class of each root cause) fits into the
        // rest.
        int start = target.position;
        int most = Math.max(Math.min(this.maxBytes, lineEnd - start), 0);
        this.end = start + most * 3 / 4;
        this.full = false;
        if (this.options.rootCauseFirst()) {
            rootFirst(failure);
        }
        else {
            known(failure);
        }
        if (target.position > start + most) {
            JsonText.cut(target, start, start + most);
            return false;
        }
        return !this.full;
    }

    private void known(IThrowableProxy failure) {
        IThrowableProxy current = failure;
        throwable(current, 0, 0);
        for (int i = 1; i < this.parts.length() && hasRoom(); i++) {
            IThrowableProxy cause = current.getCause();
            if (cause == null) {
                return;
            }
            this.out.put(CAUSED_BY);
            throwable(cause, 0, i);
            current = cause;
        }
        rest(current, 0);
    }

    private void rootFirst(IThrowableProxy failure) {
        if (this.chain.length == 0) {
            this.chain = new IThrowableProxy[LineLimits.CAUSES + 1];
        }
        int known = 0;
        try {
            IThrowableProxy next = failure;
            while (next != null && known < this.parts.length()) {
                this.chain[known++] = next;
                next = next.getCause();
            }
            rootFirst(known);
        }
        finally {
            Arrays.fill(this.chain, 0, known, null);
        }
    }

    private void rootFirst(int known) {
        IThrowableProxy last = this.chain[known - 1];
        int cut = 0;
        IThrowableProxy root = last;
        for (IThrowableProxy next = cause(last); next != null && cut < MAX_CHAIN; next = next.getCause()) {
            root = next;
            cut++;
        }
        if (cut > 0 && root != null) {
            throwable(root, 0, -1);
            if (cut > 1) {
                note(0, cut - 1, " causes cut");
            }
        }
        for (int i = known - 1; i >= 0; i--) {
            IThrowableProxy next = this.chain[i];
            if (next != null && (i == 0 || hasRoom())) {
                if (cut > 0 || i < known - 1) {
                    this.out.put(WRAPPED_BY);
                }
                throwable(next, 0, i);
            }
        }
    }

    private void chain(IThrowableProxy first, int depth) {
        IThrowableProxy current = first;
        throwable(current, depth, -1);
        for (int i = 0; i < LineLimits.CAUSES && hasRoom(); i++) {
            IThrowableProxy cause = current.getCause();
            if (cause == null) {
                return;
            }
            cause(cause, depth);
            current = cause;
        }
        rest(current, depth);
    }

    // The root cause of what follows.
    private void rest(@Nullable IThrowableProxy last, int depth) {
        IThrowableProxy current = null;
        int cut = 0;
        for (IThrowableProxy next = cause(last); next != null && cut < MAX_CHAIN; next = next.getCause()) {
            current = next;
            cut++;
        }
        if (cut > 1) {
            note(depth, cut - 1, " causes cut");
        }
        if (current != null) {
            cause(current, depth);
        }
    }

    private static @Nullable IThrowableProxy cause(@Nullable IThrowableProxy throwable) {
        return (throwable != null) ? throwable.getCause() : null;
    }

    private void cause(IThrowableProxy cause, int depth) {
        indent(depth);
        this.out.put(CAUSED_BY);
        throwable(cause, depth, -1);
    }

    private void throwable(IThrowableProxy throwable, int depth, int known) {
        header(throwable, known == 0);
        if (throwable.isCyclic()) {
            return;
        }
        frames(throwable, depth, known);
        @Nullable IThrowableProxy[] suppressed = throwable.getSuppressed();
        int count = (suppressed != null) ? suppressed.length : 0;
        for (int i = 0; suppressed != null && i < count; i++) {
            if (i == LineLimits.SUPPRESSED || !hasRoom() || depth == LineLimits.SUPPRESSED_DEPTH) {
                note(depth + 1, count - i, " suppressed exceptions cut");
                return;
            }
            IThrowableProxy next = suppressed[i];
            if (next != null) {
                indent(depth + 1);
                this.out.put(SUPPRESSED);
                chain(next, depth + 1);
            }
        }
    }

    private void header(IThrowableProxy throwable, boolean outermost) {
        if (throwable.isCyclic()) {
            this.out.putAscii("[CIRCULAR REFERENCE: ");
        }
        String instead = throwable.getOverridingMessage();
        if (instead != null) {
            message(instead);
        }
        else {
            type(StackParts.type(throwable));
            String message = throwable.getMessage();
            if (message != null && hasRoom()) {
                this.out.put(COLON);
                if (outermost && this.messageEnd > this.messageStart) {
                    this.out.put(this.out.bytes, this.messageStart, this.messageEnd - this.messageStart);
                }
                else {
                    message(message);
                }
            }
        }
        if (throwable.isCyclic()) {
            this.out.put(']');
        }
        this.out.put(END);
    }

    private void type(String type) {
        ThrowableName name = this.names.get(type);
        if (name != null && name.quoted.length - 2 <= this.maxType) {
            this.out.put(name.quoted, 1, name.quoted.length - 2);
        }
        else {
            text(type, this.maxType);
        }
    }

    private void message(String message) {
        int from = this.out.position;
        this.out.seen = 0;
        text(message, Math.min(this.maxMessage, this.end - from));
        this.out.truncate(this.redaction.mask(this.out.bytes, from, this.out.position, this.out.seen));
    }

    private void frames(IThrowableProxy throwable, int depth, int known) {
        StackTraceElementProxy[] trace = throwable.getStackTraceElementProxyArray();
        if (trace == null) {
            return;
        }
        int own = StackParts.own(throwable, trace);
        int most = Math.min(own, this.options.maxFrames());
        int collapsed = 0;
        boolean collapses = !this.options.collapsedPackages().isEmpty();
        int first = (known >= 0 && depth == 0 && !collapses) ? knownFrames(known, most) : 0;
        for (int i = first; i < most; i++) {
            if (!hasRoom()) {
                most = i;
                break;
            }
            StackFrame frame = this.cache.get(trace[i].getStackTraceElement());
            if (frame.bytes.length > this.end - this.out.position) {
                this.full = true;
                most = i;
                break;
            }
            if (collapses && this.options.isCollapsed(frame.type)) {
                collapsed++;
                continue;
            }
            collapsed = collapsed(depth, collapsed);
            if (depth > 0) {
                indent(depth);
            }
            this.out.put(frame.bytes);
        }
        collapsed(depth, collapsed);
        if (own > most) {
            note(depth, own - most, " frames cut");
        }
        else if (own < trace.length) {
            note(depth, trace.length - own, " common frames omitted");
        }
    }

    private int collapsed(int depth, int number) {
        if (number > 0) {
            note(depth, number, " frames collapsed");
        }
        return 0;
    }

    // Write the parts that are known, as long as they are and all of them is wanted and
    // has room. Returns the number of frames written.
    private int knownFrames(int known, int most) {
        int written = 0;
        for (int i = this.parts.start(known); i < this.parts.end(known); i++) {
            FrameRun run = this.parts.get(i);
            if (run == null || written + run.size() > most || this.end - this.out.position < run.bytes.length) {
                break;
            }
            this.out.put(run.bytes);
            written += run.size();
        }
        return written;
    }

    private void note(int depth, int number, String what) {
        indent(depth);
        this.out.put(INDENT);
        this.out.putAscii("... ");
        this.out.putLong(number);
        this.out.putAscii(what);
        this.out.put(END);
    }

    private void indent(int depth) {
        for (int i = 0; i < depth; i++) {
            this.out.put(INDENT);
        }
    }

    private void text(String text, int limit) {
        this.full |= !JsonText.append(this.out, text, 0, text.length(), this.out.position + limit);
    }

    private boolean hasRoom() {
        boolean room = this.out.position < this.end;
        this.full |= !room;
        return room;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

}
