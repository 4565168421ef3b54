package io.observability.starter.logging.redaction;

/**
 * Reads text that stands in a buffer as the inside of a JSON string, byte by byte. What
 * looks back goes no further than a bound that it is given, or over a run of backslashes.
 */
final class EscapedText {

    private EscapedText() {
    }

    static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    static boolean isUpper(byte value) {
        return value >= 'A' && value <= 'Z';
    }

    static boolean isLower(byte value) {
        return value >= 'a' && value <= 'z';
    }

    static boolean isAlphanumeric(byte value) {
        return isLower(value) || isDigit(value) || isUpper(value);
    }

    /**
     * Whether a byte may stand in a key, and in the URL-safe form of Base64 with its
     * dots.
     * @param value the byte
     * @return whether it is a letter, a digit, {@code _}, {@code -} or {@code .}
     */
    static boolean isName(byte value) {
        return isAlphanumeric(value) || value == '_' || value == '-' || value == '.';
    }

    /**
     * Where the name that ends somewhere begins.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param end the index after the last byte of the name
     * @param most the bytes that a name may have
     * @return the index of its first byte, at most {@code end}
     */
    static int nameStart(byte[] bytes, int lower, int end, int most) {
        int start = end;
        int least = Math.max(lower, end - most);
        while (start > least && isName(bytes[start - 1])) {
            start--;
        }
        return afterEscape(bytes, lower, start, end);
    }

    /**
     * Step over what belongs to an escape sequence: the n of a line feed is no letter of
     * the name behind it, and who looked back as far as he may can stand among the digits
     * of one.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param start the index of the first byte
     * @param end the index after the last byte
     * @return the index of the first byte that is not part of an escape sequence
     */
    static int afterEscape(byte[] bytes, int lower, int start, int end) {
        for (int letter = start; letter >= lower && letter >= start - 4 && letter < end; letter--) {
            if ((letter == start || bytes[letter] == 'u') && isEscape(bytes, lower, letter)) {
                return Math.min(end, letter + ((bytes[letter] == 'u') ? 5 : 1));
            }
        }
        return start;
    }

    /**
     * Whether no word goes on from before an index.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param at the index
     * @return whether a word begins there
     */
    static boolean isWordStart(byte[] bytes, int lower, int at) {
        if (at <= lower) {
            return true;
        }
        byte before = bytes[at - 1];
        if (!isAlphanumeric(before) && before != '_' && before >= 0) {
            return true;
        }
        return isEscape(bytes, lower, at - 1)
                || (at - 5 >= lower && bytes[at - 5] == 'u' && isHex(bytes, at - 4) && isEscape(bytes, lower, at - 5));
    }

    private static boolean isHex(byte[] bytes, int at) {
        for (int i = at; i < at + 4; i++) {
            byte value = bytes[i];
            if (!isDigit(value) && (value < 'a' || value > 'f')) {
                return false;
            }
        }
        return true;
    }

    // Whether a byte is the letter of an escape sequence.
    private static boolean isEscape(byte[] bytes, int lower, int at) {
        int first = at;
        while (first > lower && bytes[first - 1] == '\\') {
            first--;
        }
        return ((at - first) & 1) == 1;
    }

    /**
     * Whether a word stands at an index, in any case.
     * @param bytes the buffer
     * @param at the index
     * @param to the end of the text
     * @param word the word in lower case
     * @return whether it stands there, whatever follows
     */
    static boolean startsWith(byte[] bytes, int at, int to, String word) {
        int length = word.length();
        if (at < 0 || to - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes[at + i] | 0x20) != (word.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text is one word, in any case.
     * @param bytes the buffer
     * @param at the index of its first byte
     * @param end the index after its last byte
     * @param word the word in lower case
     * @return whether it is that word
     */
    static boolean is(byte[] bytes, int at, int end, String word) {
        return end - at == word.length() && startsWith(bytes, at, end, word);
    }

    static boolean hasDigit(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isDigit(bytes[i])) {
                return true;
            }
        }
        return false;
    }

    static boolean isMasked(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '*') {
                return false;
            }
        }
        return true;
    }

}
