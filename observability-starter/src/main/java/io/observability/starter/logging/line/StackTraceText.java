package io.observability.starter.logging.line;

import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Writes an exception the way {@code printStackTrace} does, as the inside of a JSON
 * string: frames shared with the enclosing trace are left out, circular references are
 * named, and frames, causes and suppressed exceptions have bounds. The root cause of a
 * chain that is too long is always written.
 */
final class StackTraceText {

    private static final byte[] FRAME = ascii("\\tat ");

    private static final byte[] END = ascii("\\n");

    private static final byte[] INDENT = ascii("\\t");

    private static final byte[] CAUSED_BY = ascii("Caused by: ");

    private static final byte[] SUPPRESSED = ascii("Suppressed: ");

    private final LineBuffer out;

    private final int end;

    StackTraceText(LineBuffer out) {
        this.out = out;
        // What comes after the end (notes, the class of each root cause) fits into the
        // rest.
        this.end = out.position + LineLimits.STACK * 3 / 4;
    }

    void append(IThrowableProxy failure) {
        chain(failure, 0);
    }

    private void chain(IThrowableProxy first, int depth) {
        IThrowableProxy current = first;
        throwable(current, depth);
        for (int i = 0; i < LineLimits.CAUSES && hasRoom(); i++) {
            IThrowableProxy cause = current.getCause();
            if (cause == null) {
                return;
            }
            cause(cause, depth);
            current = cause;
        }
        int cut = 0;
        for (IThrowableProxy next = current.getCause(); next != null; next = next.getCause()) {
            current = next;
            cut++;
        }
        if (cut > 1) {
            note(depth, cut - 1, " causes cut");
        }
        if (cut > 0) {
            cause(current, depth);
        }
    }

    private void cause(IThrowableProxy cause, int depth) {
        indent(depth);
        this.out.put(CAUSED_BY);
        throwable(cause, depth);
    }

    private void throwable(IThrowableProxy throwable, int depth) {
        header(throwable);
        if (throwable.isCyclic()) {
            return;
        }
        frames(throwable, depth);
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

    private void header(IThrowableProxy throwable) {
        if (throwable.isCyclic()) {
            this.out.putAscii("[CIRCULAR REFERENCE: ");
        }
        String instead = throwable.getOverridingMessage();
        if (instead != null) {
            text(instead, LineLimits.ERROR_MESSAGE);
        }
        else {
            text(throwable.getClassName(), LineLimits.NAME);
            String message = throwable.getMessage();
            if (message != null && hasRoom()) {
                this.out.putAscii(": ");
                text(message, LineLimits.ERROR_MESSAGE);
            }
        }
        if (throwable.isCyclic()) {
            this.out.put(']');
        }
        this.out.put(END);
    }

    private void frames(IThrowableProxy throwable, int depth) {
        StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
        if (frames == null) {
            return;
        }
        int common = throwable.getCommonFrames();
        int own = Math.max(frames.length - common, 0);
        for (int i = 0; i < own; i++) {
            if (i == LineLimits.FRAMES || !hasRoom()) {
                note(depth, own - i, " frames cut");
                return;
            }
            frame(frames[i].getStackTraceElement(), depth);
        }
        if (common > 0) {
            note(depth, common, " common frames omitted");
        }
    }

    private void frame(StackTraceElement frame, int depth) {
        indent(depth);
        this.out.put(FRAME);
        text(frame.getClassName(), LineLimits.NAME);
        this.out.put('.');
        text(frame.getMethodName(), LineLimits.NAME);
        this.out.put('(');
        String file = frame.getFileName();
        int line = frame.getLineNumber();
        if (frame.isNativeMethod()) {
            this.out.putAscii("Native Method");
        }
        else if (file == null) {
            this.out.putAscii("Unknown Source");
        }
        else {
            text(file, LineLimits.NAME);
            if (line >= 0) {
                this.out.put(':');
                this.out.putLong(line);
            }
        }
        this.out.put(')');
        this.out.put(END);
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

    private void text(@Nullable String text, int limit) {
        if (text != null) {
            JsonText.append(this.out, text, 0, text.length(), this.out.position + limit);
        }
    }

    private boolean hasRoom() {
        return this.out.position < this.end;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

}
