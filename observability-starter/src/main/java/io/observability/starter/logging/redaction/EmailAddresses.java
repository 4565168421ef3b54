package io.observability.starter.logging.redaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * Finds the local part of e-mail addresses.
 */
final class EmailAddresses {

    private static final int MAX_LOCAL = 64;

    private final LongAdder count;

    EmailAddresses(LongAdder count) {
        this.count = count;
    }

    /**
     * Find the local part before an {@code @}.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the {@code @}
     * @param to the end of the text
     * @return its span
     */
    long find(byte[] bytes, int lower, int at, int to) {
        int start = at;
        int least = Math.max(lower, at - MAX_LOCAL);
        while (start > least && isLocal(bytes[start - 1])) {
            start--;
        }
        start = EscapedText.afterEscape(bytes, lower, start, at);
        if (start == at || !isDomain(bytes, at + 1, to)) {
            return Span.none(at + 1);
        }
        this.count.increment();
        return Span.of(start, at);
    }

    private static boolean isLocal(byte value) {
        return EscapedText.isName(value) || value == '+' || value == '%';
    }

    private static boolean isDomain(byte[] bytes, int from, int to) {
        int label = 0;
        for (int i = from; i < to && i < from + 255; i++) {
            if (EscapedText.isAlphanumeric(bytes[i])) {
                label++;
            }
            else if (bytes[i] == '.' && label > 0 && i + 1 < to && EscapedText.isAlphanumeric(bytes[i + 1])) {
                return true;
            }
            else if (bytes[i] != '-') {
                return false;
            }
        }
        return false;
    }

}
