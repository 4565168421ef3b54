package io.observability.starter.logging.redaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * Finds the password in {@code scheme://user:password@host}. Looks forward from
 * {@code ://} and stops before the next one, so that no byte is read twice.
 */
final class UrlSecrets {

    private static final int MAX_USER_INFO = 512;

    private final LongAdder count;

    UrlSecrets(LongAdder count) {
        this.count = count;
    }

    static boolean isUrl(byte[] bytes, int at, int to) {
        return to - at > 3 && bytes[at] == ':' && bytes[at + 1] == '/' && bytes[at + 2] == '/';
    }

    /**
     * Find the password of a URL.
     * @param bytes the buffer
     * @param colon the index of the colon after the scheme
     * @param to the end of the text
     * @return its span
     */
    long find(byte[] bytes, int colon, int to) {
        int end = Math.min(to, colon + 3 + MAX_USER_INFO);
        int password = 0;
        int at = 0;
        for (int i = colon + 3; i < end; i++) {
            byte value = bytes[i];
            if (value == '@') {
                at = i;
            }
            else if (value == ':' && password == 0) {
                password = i + 1;
            }
            else if (isEnd(value) || (isPathStart(value) && (at > 0 || !isInPassword(bytes, password, i, end)))) {
                break;
            }
        }
        if (password == 0 || at <= password) {
            return Span.none(colon + 3);
        }
        if (EscapedText.isMasked(bytes, password, at)) {
            return Span.none(at);
        }
        this.count.increment();
        return Span.of(password, at);
    }

    private static boolean isEnd(byte value) {
        return value == ' ' || value == '\\' || value == '<' || value == '>' || value == '\'' || value == ';';
    }

    private static boolean isPathStart(byte value) {
        return value == '/' || value == '?' || value == '#';
    }

    // A slash belongs into a password only in its encoded form, but people write it as it
    // is. What follows the colon of a host is a number.
    private static boolean isInPassword(byte[] bytes, int password, int at, int end) {
        if (password == 0 || at == password || (at + 1 < end && bytes[at + 1] == '/')) {
            return false;
        }
        int digits = password;
        while (digits < at && EscapedText.isDigit(bytes[digits]) && digits - password < 6) {
            digits++;
        }
        return digits < at;
    }

}
