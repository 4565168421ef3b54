package io.observability.starter.logging.line;

import io.observability.starter.logging.redaction.Redaction;

/**
 * Writes text as the inside of a JSON string (RFC 8259) in UTF-8. Besides what the
 * grammar demands it escapes what a reader cannot see or what turns the text around:
 * control, format, bidirectional and default-ignorable characters, so that a terminal
 * shows them. A lone surrogate becomes U+FFFD, since readers in other languages refuse
 * its escape.
 */
final class JsonText {

    /** Stands for what was left out. */
    static final String CUT = "\u2026[cut]";

    static final int NOT_PLAIN = 0;

    static final int WRITTEN = 1;

    static final int MASKED = 2;

    // 0: as it is; 1: as a \\u escape; else the character after the backslash.
    private static final byte[] ESCAPES = new byte[128];

    // Negative where ESCAPES has something to say; else what the redaction looks out for.
    private static final byte[] CLASSES = new byte[128];

    static {
        for (int c = 0; c < ' '; c++) {
            ESCAPES[c] = 1;
        }
        ESCAPES[127] = 1;
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
        for (int c = 0; c < 128; c++) {
            CLASSES[c] = (ESCAPES[c] != 0) ? (byte) -1 : Redaction.trigger(c);
        }
    }

    private JsonText() {
    }

    /**
     * Write a string with its quotes.
     * @param out the buffer
     * @param text the text
     * @param limit the bytes after which the text is cut, with a mark that says so
     * @return whether the text was written whole
     */
    static boolean quoted(LineBuffer out, String text, int limit) {
        out.put('"');
        boolean whole = append(out, text, 0, text.length(), out.position + limit);
        out.put('"');
        return whole;
    }

    /**
     * Write a short text that needs no escape, with its quotes and without its secrets.
     * @param out the buffer
     * @param text the text
     * @param redaction what is masked
     * @return {@link #WRITTEN}, {@link #MASKED}, or {@link #NOT_PLAIN} when it is no such
     * text and nothing was written
     */
    static int quotedPlain(LineBuffer out, String text, Redaction redaction) {
        int length = text.length();
        if (length > LineLimits.CHUNK_CHARS) {
            return NOT_PLAIN;
        }
        out.ensure(length + 2);
        int start = out.position;
        out.bytes[start] = '"';
        out.position = start + 1;
        out.seen = 0;
        if (!plain(out, text, 0, length)) {
            out.position = start;
            return NOT_PLAIN;
        }
        int end = out.position;
        int active = redaction.active(out.seen, length);
        int to = (active == 0) ? end : redaction.maskActive(out.bytes, start + 1, end, active);
        out.bytes[to] = '"';
        out.position = to + 1;
        return (to == end) ? WRITTEN : MASKED;
    }

    /**
     * Write a part of a text without quotes.
     * @param out the buffer
     * @param text the text
     * @param from the index of the first character
     * @param to the index after the last character
     * @param end the position in the buffer at which the text is cut
     * @return whether the text was written whole
     */
    static boolean append(LineBuffer out, String text, int from, int to, int end) {
        int i = from;
        while (i < to) {
            if (out.position >= end) {
                cutMark(out, to - i);
                return false;
            }
            int chunkEnd = Math.min(to, i + LineLimits.CHUNK_CHARS);
            if ((chunkEnd - i) * 6 > end - out.position) {
                // Smaller chunks towards the end, so that it is crossed by one character
                // at most.
                chunkEnd = Math.min(chunkEnd, i + Math.max((end - out.position) / 6, 1));
            }
            // 6 bytes for an escape; a pair at the end of the chunk takes 12.
            out.ensure((chunkEnd - i) * 6 + 12);
            if (!plain(out, text, i, chunkEnd)) {
                i = escaped(out, text, i, chunkEnd, to);
            }
            else {
                i = chunkEnd;
            }
        }
        return true;
    }

    /**
     * Cut what was written inside of a string, with a mark that says so.
     * @param out the buffer
     * @param from where the string begins, behind its quote
     * @param end the position in the buffer at which it is cut, outside of an escape
     */
    static void cut(LineBuffer out, int from, int end) {
        byte[] bytes = out.bytes;
        int at = from;
        for (int next = from; next <= end; next += length(bytes, next)) {
            at = next;
        }
        out.truncate(at);
        append(out, CUT, 0, CUT.length(), Integer.MAX_VALUE);
    }

    // Length of what stands for one character: a pair of surrogates is one.
    private static int length(byte[] bytes, int at) {
        int first = bytes[at];
        if (first == '\\') {
            if (bytes[at + 1] != 'u') {
                return 2;
            }
            boolean high = bytes[at + 2] == 'd' && bytes[at + 3] > '7' && bytes[at + 3] < 'c';
            return high ? 12 : 6;
        }
        if (first >= 0) {
            return 1;
        }
        return ((first & 0xf0) == 0xf0) ? 4 : ((first & 0xe0) == 0xe0) ? 3 : 2;
    }

    // Nearly all text needs nothing: copied without a branch for each character, and
    // looked at once at the end.
    private static boolean plain(LineBuffer out, String text, int from, int to) {
        byte[] bytes = out.bytes;
        int offset = out.position - from;
        int seen = 0;
        int all = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            bytes[offset + i] = (byte) c;
            seen |= CLASSES[c & 0x7f];
            all |= c;
        }
        if (seen < 0 || all > 127) {
            return false;
        }
        out.position = offset + to;
        out.seen |= seen;
        return true;
    }

    private static int escaped(LineBuffer out, String text, int from, int chunkEnd, int to) {
        byte[] bytes = out.bytes;
        int position = out.position;
        int seen = 0;
        int i = from;
        while (i < chunkEnd) {
            char c = text.charAt(i);
            int kind = (c < 128) ? CLASSES[c] : -1;
            if (kind >= 0) {
                bytes[position++] = (byte) c;
                seen |= kind;
                i++;
            }
            else {
                out.position = position;
                i += special(out, text, i, to);
                position = out.position;
            }
        }
        out.position = position;
        out.seen |= seen;
        return i;
    }

    private static void cutMark(LineBuffer out, int chars) {
        out.ensure(32);
        threeBytes(out, '\u2026');
        out.put('[');
        out.putLong(chars);
        out.putAscii(" chars cut]");
    }

    private static int special(LineBuffer out, String text, int index, int to) {
        char c = text.charAt(index);
        if (c < 128) {
            byte escape = ESCAPES[c];
            if (escape == 1) {
                unicodeEscape(out, c);
            }
            else {
                out.bytes[out.position++] = '\\';
                out.bytes[out.position++] = escape;
            }
            return 1;
        }
        if (Character.isSurrogate(c)) {
            return surrogate(out, text, index, to);
        }
        if (isHidden(c)) {
            unicodeEscape(out, c);
        }
        else if (c < 0x800) {
            out.bytes[out.position++] = (byte) (0xc0 | (c >> 6));
            out.bytes[out.position++] = (byte) (0x80 | (c & 0x3f));
        }
        else {
            threeBytes(out, c);
        }
        return 1;
    }

    private static int surrogate(LineBuffer out, String text, int index, int to) {
        char high = text.charAt(index);
        if (!Character.isHighSurrogate(high) || index + 1 == to || !Character.isLowSurrogate(text.charAt(index + 1))) {
            threeBytes(out, '\ufffd');
            return 1;
        }
        char low = text.charAt(index + 1);
        int codePoint = Character.toCodePoint(high, low);
        if (isHidden(codePoint)) {
            unicodeEscape(out, high);
            unicodeEscape(out, low);
        }
        else {
            out.bytes[out.position++] = (byte) (0xf0 | (codePoint >> 18));
            out.bytes[out.position++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            out.bytes[out.position++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
            out.bytes[out.position++] = (byte) (0x80 | (codePoint & 0x3f));
        }
        return 2;
    }

    private static void threeBytes(LineBuffer out, char c) {
        out.bytes[out.position++] = (byte) (0xe0 | (c >> 12));
        out.bytes[out.position++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        out.bytes[out.position++] = (byte) (0x80 | (c & 0x3f));
    }

    private static void unicodeEscape(LineBuffer out, char c) {
        byte[] bytes = out.bytes;
        int position = out.position;
        bytes[position] = '\\';
        bytes[position + 1] = 'u';
        bytes[position + 2] = LineBuffer.HEX[c >> 12];
        bytes[position + 3] = LineBuffer.HEX[(c >> 8) & 0xf];
        bytes[position + 4] = LineBuffer.HEX[(c >> 4) & 0xf];
        bytes[position + 5] = LineBuffer.HEX[c & 0xf];
        out.position = position + 6;
    }

    /**
     * Whether a character from U+0080 on is invisible or reorders what follows.
     * @param codePoint the character
     * @return whether it is to be escaped
     */
    static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.NON_SPACING_MARK -> isIgnorableMark(codePoint);
            // Hangul fillers are letters that have no glyph.
            case Character.OTHER_LETTER ->
                codePoint == 0x115f || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0xffa0;
            case Character.UNASSIGNED -> isIgnorableOrNoCharacter(codePoint);
            default -> false;
        };
    }

    private static boolean isIgnorableMark(int codePoint) {
        return codePoint == 0x34f || codePoint == 0x17b4 || codePoint == 0x17b5
                || (codePoint >= 0x180b && codePoint <= 0x180f) || (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
                || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
    }

    private static boolean isIgnorableOrNoCharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef)
                || (codePoint >= 0xfff0 && codePoint <= 0xfff8) || (codePoint >= 0xe0000 && codePoint <= 0xe0fff)
                || codePoint == 0x2065;
    }

}
