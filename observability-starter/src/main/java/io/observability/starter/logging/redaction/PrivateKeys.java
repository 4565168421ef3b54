package io.observability.starter.logging.redaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * Finds what stands between {@code -----BEGIN … PRIVATE KEY-----} and the end of the key
 * (RFC 7468).
 */
final class PrivateKeys {

    private static final int MAX_LABEL = 16;

    private final LongAdder count;

    PrivateKeys(LongAdder count) {
        this.count = count;
    }

    /**
     * Find a private key.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the K of {@code KEY}
     * @param to the end of the text
     * @return the span of the key
     */
    long find(byte[] bytes, int lower, int at, int to) {
        boolean block = EscapedText.startsWith(bytes, at, to, "key block-----");
        if ((!block && !EscapedText.startsWith(bytes, at, to, "key-----")) || at - 8 < lower
                || !EscapedText.startsWith(bytes, at - 8, to, "private ") || !isBegin(bytes, lower, at - 8)) {
            return Span.none(at + 1);
        }
        int start = at + (block ? 14 : 8);
        int end = start;
        while (end < to) {
            byte value = bytes[end];
            if (EscapedText.isAlphanumeric(value) || value == '+' || value == '/' || value == '=' || value == ' '
                    || value == ':' || value == ',' || (value == '-' && (end + 1 == to || bytes[end + 1] != '-'))) {
                end++;
            }
            else if (value == '\\' && end + 1 < to && isLineEnd(bytes[end + 1])) {
                end += 2;
            }
            else {
                break;
            }
        }
        if (end == start) {
            return Span.none(at + 1);
        }
        this.count.increment();
        return Span.of(start, end);
    }

    // Also a line feed that was escaped once before, as in JSON inside of the text.
    private static boolean isLineEnd(byte value) {
        return value == 'n' || value == 'r' || value == 't' || value == '\\';
    }

    private static boolean isBegin(byte[] bytes, int lower, int label) {
        for (int at = label - 6; at >= lower && at > label - 6 - MAX_LABEL; at--) {
            // What was masked before is no label, or masking twice would mask more.
            if (at + 6 < label && bytes[at + 6] == '*') {
                return false;
            }
            if (EscapedText.startsWith(bytes, at, label, "begin ")) {
                return true;
            }
        }
        return false;
    }

}
