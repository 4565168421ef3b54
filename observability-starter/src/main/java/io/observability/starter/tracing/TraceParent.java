package io.observability.starter.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * Value of a {@code traceparent} header, read as W3C Trace Context level 2 demands: any
 * version but {@code ff}, version {@code 00} with exactly four fields, a higher version
 * with more behind a dash, lower-case hexadecimal digits only, no identifier of zeros.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 lower-case hexadecimal digits
 * @param flags the flags that level 2 knows: sampled and random
 * @see <a href="https://www.w3.org/TR/trace-context-2/#traceparent-header">W3C Trace
 * Context, level 2</a>
 */
record TraceParent(String traceId, String spanId, byte flags) {

    private static final int TRACE_ID = 3;

    private static final int SPAN_ID = 36;

    private static final int FLAGS = 53;

    private static final int LENGTH = 55;

    // Other bits have no meaning yet and must not be passed on.
    private static final int KNOWN_FLAGS = 0x03;

    /**
     * Read a header's value.
     * @param value the value, with any white space around it
     * @return what it says, or {@code null} if it is not valid and a new trace begins
     */
    static @Nullable TraceParent parse(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(value.charAt(end - 1))) {
            end--;
        }
        if (!hasShape(value, start, end - start)) {
            return null;
        }
        byte flags = (byte) (((digit(value.charAt(start + FLAGS)) << 4) | digit(value.charAt(start + FLAGS + 1)))
                & KNOWN_FLAGS);
        return new TraceParent(value.substring(start + TRACE_ID, start + SPAN_ID - 1),
                value.substring(start + SPAN_ID, start + FLAGS - 1), flags);
    }

    SpanContext toSpanContext(TraceState state) {
        return SpanContext.createFromRemoteParent(this.traceId, this.spanId, TraceFlags.fromByte(this.flags), state);
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean hasShape(String value, int start, int length) {
        if (length < LENGTH || !isHex(value, start, 2) || value.charAt(start + 2) != '-') {
            return false;
        }
        if (value.startsWith("ff", start)) {
            return false;
        }
        if (length > LENGTH && (value.startsWith("00", start) || value.charAt(start + LENGTH) != '-')) {
            return false;
        }
        return isId(value, start + TRACE_ID, SPAN_ID - TRACE_ID - 1) && value.charAt(start + SPAN_ID - 1) == '-'
                && isId(value, start + SPAN_ID, FLAGS - SPAN_ID - 1) && value.charAt(start + FLAGS - 1) == '-'
                && isHex(value, start + FLAGS, 2);
    }

    private static boolean isId(String value, int start, int length) {
        int bits = 0;
        for (int i = start; i < start + length; i++) {
            int digit = digit(value.charAt(i));
            if (digit < 0) {
                return false;
            }
            bits |= digit;
        }
        return bits != 0;
    }

    private static boolean isHex(String value, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (digit(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : -1;
    }

}
