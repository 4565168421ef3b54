package io.observability.starter.logging.redaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * Finds tokens by how they begin: {@code Bearer}, {@code eyJ} of a JSON web token, and
 * the prefixes by which issuers mark theirs. Each is found at one letter in it.
 */
final class TokenSecrets {

    static final String[] UNDERSCORED = { "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "sk_live_", "rk_live_",
            "sk_test_", "rk_test_", "whsec_", "npm_", "shpat_", "shpss_", "hf_", "dop_v1_" };

    private static final int MIN_BEARER = 8;

    private static final int MIN_UNDERSCORED = 16;

    private static final int MAX_CHECKED = 40;

    private final LongAdder bearer;

    private final LongAdder jwt;

    private final LongAdder known;

    TokenSecrets(LongAdder bearer, LongAdder jwt, LongAdder known) {
        this.bearer = bearer;
        this.jwt = jwt;
        this.known = known;
    }

    /**
     * Find what follows {@code Bearer} or {@code Basic}. Prose goes on with a word of
     * small letters, a token does not.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the B
     * @param to the end of the text
     * @return the span of the token
     */
    long bearer(byte[] bytes, int lower, int at, int to) {
        boolean isBearer = EscapedText.startsWith(bytes, at, to, "bearer ");
        if ((!isBearer && !EscapedText.startsWith(bytes, at, to, "basic "))
                || !EscapedText.isWordStart(bytes, lower, at)) {
            return Span.none(at + 1);
        }
        int start = at + (isBearer ? 7 : 6);
        while (start < to && bytes[start] == ' ') {
            start++;
        }
        int end = start;
        boolean random = false;
        while (end < to && isToken68(bytes[end])) {
            random |= EscapedText.isDigit(bytes[end]) || (end > start && EscapedText.isUpper(bytes[end]))
                    || bytes[end] == '=';
            end++;
        }
        if (!random || end - start < MIN_BEARER) {
            return Span.none(at + 1);
        }
        this.bearer.increment();
        return Span.of(start, end);
    }

    // RFC 9110, 11.2.
    private static boolean isToken68(byte value) {
        return EscapedText.isName(value) || value == '~' || value == '+' || value == '/' || value == '=';
    }

    /**
     * Find a JSON web token (RFC 7519), signed or encrypted.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the J
     * @param to the end of the text
     * @return the span of the token
     */
    long jwt(byte[] bytes, int lower, int at, int to) {
        int start = at - 2;
        // Its own separators don't begin one, else each part of a long chain would be
        // read
        // to the end of the chain.
        if (start < lower || bytes[start] != 'e' || bytes[start + 1] != 'y'
                || !EscapedText.isWordStart(bytes, lower, start)
                || (start > lower && (bytes[start - 1] == '-' || bytes[start - 1] == '.'))) {
            return Span.none(at + 1);
        }
        int end = at + 1;
        int header = 0;
        while (end < to && EscapedText.isName(bytes[end])) {
            if (bytes[end] == '.' && header == 0) {
                header = end;
            }
            end++;
        }
        while (end > at && bytes[end - 1] == '.') {
            end--;
        }
        if (header - at < 8 || end - header < 8) {
            return Span.none(at + 1);
        }
        this.jwt.increment();
        return Span.of(start, end);
    }

    /**
     * Find a token whose prefix ends with an underscore.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the underscore
     * @param to the end of the text
     * @return the span of the token
     */
    long underscored(byte[] bytes, int lower, int at, int to) {
        int end = at + 1;
        while (end < to && end - at <= MIN_UNDERSCORED && EscapedText.isAlphanumeric(bytes[end])) {
            end++;
        }
        if (end - at <= MIN_UNDERSCORED || !EscapedText.hasDigit(bytes, at + 1, end)) {
            return Span.none(at + 1);
        }
        for (String prefix : UNDERSCORED) {
            int start = at + 1 - prefix.length();
            if (start >= lower && bytes[start] == prefix.charAt(0) && EscapedText.startsWith(bytes, start, to, prefix)
                    && EscapedText.isWordStart(bytes, lower, start)) {
                return known(start, nameEnd(bytes, end, to));
            }
        }
        return Span.none(at + 1);
    }

    /**
     * Find a key of AWS or Google at the I of {@code AKIA}, {@code ASIA} or {@code AIza}.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the I
     * @param to the end of the text
     * @return the span of the key
     */
    long cloudKey(byte[] bytes, int lower, int at, int to) {
        if (at - 2 >= lower && at + 1 < to && bytes[at + 1] == 'A' && bytes[at - 2] == 'A'
                && (bytes[at - 1] == 'K' || bytes[at - 1] == 'S') && EscapedText.isWordStart(bytes, lower, at - 2)) {
            int end = at + 2;
            while (end < to && (EscapedText.isUpper(bytes[end]) || EscapedText.isDigit(bytes[end]))) {
                end++;
            }
            if (end - at == 18) {
                return known(at - 2, end);
            }
        }
        else if (at - 1 >= lower && at + 2 < to && bytes[at - 1] == 'A' && bytes[at + 1] == 'z' && bytes[at + 2] == 'a'
                && EscapedText.isWordStart(bytes, lower, at - 1)) {
            int end = nameEnd(bytes, at + 3, to);
            if (end - at >= 38) {
                return known(at - 1, end);
            }
        }
        return Span.none(at + 1);
    }

    /**
     * Find a token of Slack, which begins with {@code xox} and a letter.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the first x
     * @param to the end of the text
     * @return the span of the token
     */
    long slack(byte[] bytes, int lower, int at, int to) {
        if (at + 5 < to && bytes[at + 1] == 'o' && bytes[at + 2] == 'x' && EscapedText.isLower(bytes[at + 3])
                && bytes[at + 4] == '-' && EscapedText.isWordStart(bytes, lower, at)) {
            int end = nameEnd(bytes, at + 5, Math.min(to, at + 5 + MAX_CHECKED));
            if (end - at >= 15 && EscapedText.hasDigit(bytes, at, end)) {
                return known(at, nameEnd(bytes, end, to));
            }
        }
        return Span.none(at + 1);
    }

    /**
     * Find a key that begins with {@code sk-}, as those of language models do.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index of the k
     * @param to the end of the text
     * @return the span of the key
     */
    long secretKey(byte[] bytes, int lower, int at, int to) {
        if (at - 1 >= lower && at + 1 < to && bytes[at - 1] == 's' && bytes[at + 1] == '-'
                && EscapedText.isWordStart(bytes, lower, at - 1)) {
            int end = nameEnd(bytes, at + 2, Math.min(to, at + 2 + MAX_CHECKED));
            if (end - at >= 22 && EscapedText.hasDigit(bytes, at, end)) {
                return known(at - 1, nameEnd(bytes, end, to));
            }
        }
        return Span.none(at + 1);
    }

    private long known(int start, int end) {
        this.known.increment();
        return Span.of(start, end);
    }

    private static int nameEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && EscapedText.isName(bytes[end]) && bytes[end] != '.') {
            end++;
        }
        return end;
    }

}
