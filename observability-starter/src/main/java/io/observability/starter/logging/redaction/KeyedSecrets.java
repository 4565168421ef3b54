package io.observability.starter.logging.redaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * Finds the value beside a telling key in free text: {@code password=x},
 * {@code "token":"x"}, {@code Authorization: Bearer x}. What it masks it does not read
 * again, and what it looks back over is the key alone.
 */
final class KeyedSecrets {

    private static final int MAX_KEY = 64;

    // Backslashes before a quote: JSON in JSON in JSON in JSON.
    private static final int MAX_DEPTH = 15;

    // Words that end many an English sentence before a colon.
    private static final String[] PROSE = { "token", "credential", "credentials", "cookie", "authorization" };

    private static final String[] NO_VALUES = { "null", "true", "false", "none", "nil", "undefined", "missing", "must",
            "is", "was", "not", "no", "required", "invalid", "expired", "empty", "blank", "unset", "absent", "present",
            "set", "should", "may", "cannot", "too" };

    private static final String[] SCHEMES = { "bearer", "basic", "token", "apikey", "negotiate", "key" };

    // Schemes of several parameters, which stand in quotes.
    private static final String[] LONG_SCHEMES = { "digest", "hmac", "aws4-hmac-sha256", "signature" };

    private final KeyGlobs keys;

    private final LongAdder count;

    KeyedSecrets(KeyGlobs keys, LongAdder count) {
        this.keys = keys;
        this.count = count;
    }

    /**
     * Find the value after an {@code =} or {@code :}.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of that byte
     * @param to the end of the text
     * @return the span of the value
     */
    long find(byte[] bytes, int lower, int at, int to) {
        if (at + 1 < to && bytes[at] == ':' && bytes[at + 1] == ':') {
            return Span.none(at + 2);
        }
        int keyEnd = keyEnd(bytes, lower, at);
        int key = key(bytes, lower, keyEnd);
        if (key == keyEnd || !this.keys.matches(bytes, key, keyEnd)) {
            return Span.none(at + 1);
        }
        long value = value(bytes, key, keyEnd, at, to);
        if (Span.isSecret(value)) {
            if (EscapedText.isMasked(bytes, Span.start(value), Span.end(value))) {
                return Span.none(Span.end(value));
            }
            this.count.increment();
        }
        return value;
    }

    /**
     * Whether the key before an {@code =} or {@code :} may be one whose value is a
     * secret.
     * @param part a part of a text
     * @param at the index of that byte
     * @param open whether the key may begin before the part
     * @return whether it may
     */
    boolean mayBeKeyBefore(byte[] part, int at, boolean open) {
        int keyEnd = keyEnd(part, 0, at);
        int key = key(part, 0, keyEnd);
        return (key == 0 && open) || this.keys.matches(part, key, keyEnd);
    }

    private static int key(byte[] bytes, int lower, int keyEnd) {
        int key = EscapedText.nameStart(bytes, lower, keyEnd, MAX_KEY);
        if (EscapedText.is(bytes, key, keyEnd, "key") && key > lower && bytes[key - 1] == ' ') {
            // The "API key" of prose.
            return EscapedText.nameStart(bytes, lower, key - 1, MAX_KEY);
        }
        return key;
    }

    private static int keyEnd(byte[] bytes, int lower, int at) {
        int end = at;
        while (end > lower && at - end < 2 && bytes[end - 1] == ' ') {
            end--;
        }
        if (end > lower && bytes[end - 1] == '"') {
            end--;
            while (end > lower && bytes[end - 1] == '\\') {
                end--;
            }
        }
        else if (end > lower && (bytes[end - 1] == '\'' || bytes[end - 1] == ']')) {
            end--;
        }
        return end;
    }

    private static long value(byte[] bytes, int key, int keyEnd, int at, int to) {
        int from = at + 1;
        if (from < to && (bytes[from] == '=' || bytes[from] == '>')) {
            from++;
        }
        int spaces = from;
        while (from < to && from - spaces < 4 && bytes[from] == ' ') {
            from++;
        }
        if (from < to && bytes[from] == '[') {
            from++;
        }
        long quoted = quoted(bytes, from, to);
        if (quoted != 0) {
            return quoted;
        }
        // An object has keys of its own.
        int end = (from < to && bytes[from] != '{') ? valueEnd(bytes, from, to) : from;
        if (end == from || isOneOf(NO_VALUES, bytes, from, end)) {
            return Span.none(at + 1);
        }
        boolean prose = bytes[at] == ':' && from > at + 1 && isProse(bytes, key, keyEnd);
        if (prose && !isScheme(bytes, from, end, to) && !looksRandom(bytes, from, end)) {
            return Span.none(at + 1);
        }
        return header(bytes, key, keyEnd, from, end, to);
    }

    // The span of a value in quotes, or 0 if there are none. A quote that belongs to the
    // value has more backslashes before it than the one that began it.
    private static long quoted(byte[] bytes, int from, int to) {
        int start = from;
        while (start < to && bytes[start] == '\\') {
            start++;
        }
        int depth = start - from;
        boolean twice = start < to && bytes[start] == '"' && depth > 0;
        if (depth > MAX_DEPTH || (!twice && (depth > 0 || start == to || bytes[start] != '\''))) {
            return 0;
        }
        start++;
        for (int i = start; i < to; i++) {
            int slashes = i;
            while (i < to && bytes[i] == '\\') {
                i++;
            }
            if (i == to) {
                break;
            }
            slashes = i - slashes;
            if (slashes == 1 && bytes[i] == 'n') {
                break;
            }
            if (twice ? bytes[i] == '"' && slashes <= depth : bytes[i] == '\'') {
                int end = i - slashes;
                return (end > start) ? Span.of(start, end) : Span.none(i + 1);
            }
        }
        int end = valueEnd(bytes, start, to);
        return (end > start) ? Span.of(start, end) : Span.none(start);
    }

    private static long header(byte[] bytes, int key, int keyEnd, int from, int end, int to) {
        if (isScheme(bytes, from, end, to)) {
            int start = end;
            while (start < to && bytes[start] == ' ') {
                start++;
            }
            int last = isOneOf(SCHEMES, bytes, from, end) ? valueEnd(bytes, start, to) : lineEnd(bytes, start, to);
            return (last > start) ? Span.of(start, last) : Span.none(end);
        }
        boolean many = endsWith(bytes, key, keyEnd, "cookie")
                || (end < to && bytes[end] == ' ' && endsWith(bytes, key, keyEnd, "authorization"));
        return Span.of(from, many ? headerEnd(bytes, end, to) : end);
    }

    private static boolean isScheme(byte[] bytes, int from, int end, int to) {
        return end < to && bytes[end] == ' '
                && (isOneOf(SCHEMES, bytes, from, end) || isOneOf(LONG_SCHEMES, bytes, from, end));
    }

    private static boolean looksRandom(byte[] bytes, int from, int end) {
        boolean dotted = false;
        boolean assigned = false;
        for (int i = from; i < end; i++) {
            dotted |= bytes[i] == '.';
            assigned |= bytes[i] == '=';
        }
        return assigned || (end - from >= 6 && EscapedText.hasDigit(bytes, from, end)) || (end - from >= 20 && !dotted);
    }

    private static int valueEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte value = bytes[at];
            if (value == '\\') {
                if (at + 1 < to && bytes[at + 1] != '\\' && bytes[at + 1] != 'u') {
                    return at;
                }
                at += 2;
            }
            else if (isEnd(value)) {
                return at;
            }
            else {
                at++;
            }
        }
        return to;
    }

    private static boolean isEnd(byte value) {
        return switch (value) {
            case ' ', ',', ';', '&', ')', '}', ']', '\'', '<', '>', '|' -> true;
            default -> false;
        };
    }

    // The rest of a header: to the end of the line, of the quotes or of the list.
    private static int headerEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ']' && bytes[at] != '}') {
            if (bytes[at] == '\\') {
                if (at + 1 < to && bytes[at + 1] != '\\' && bytes[at + 1] != 'u') {
                    return at;
                }
                at++;
            }
            at++;
        }
        return Math.min(at, to);
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int at = from; at + 1 < to; at++) {
            if (bytes[at] == '\\') {
                if (bytes[at + 1] == 'n' || bytes[at + 1] == 'r') {
                    return at;
                }
                at++;
            }
        }
        return to;
    }

    private static boolean isProse(byte[] bytes, int key, int keyEnd) {
        for (String word : PROSE) {
            if (endsWith(bytes, key, keyEnd, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] bytes, int key, int keyEnd, String word) {
        int start = keyEnd - word.length();
        return start >= key && EscapedText.startsWith(bytes, start, keyEnd, word);
    }

    private static boolean isOneOf(String[] words, byte[] bytes, int from, int end) {
        for (String word : words) {
            if (EscapedText.is(bytes, from, end, word)) {
                return true;
            }
        }
        return false;
    }

}
