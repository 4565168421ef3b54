package io.observability.starter.logging.text;

import org.jspecify.annotations.Nullable;

/**
 * Makes characters visible that could forge a line of text or steer a terminal. A line
 * feed stays one, so that a message of several lines can be read, but the line after it
 * is marked as a continuation; all other control characters, and those that reorder or
 * hide text, are written as an escape.
 */
final class VisibleText {

    /** Stands before each further line of a message. */
    static final String CONTINUATION = "\n  | ";

    private VisibleText() {
    }

    static @Nullable String of(@Nullable String text, boolean lines) {
        if (text == null) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return escaped(text, i, lines);
            }
        }
        return text;
    }

    private static String escaped(String text, int clean, boolean lines) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnsafe(c)) {
                out.append(c);
            }
            else if (c == '\n' && lines) {
                out.append(CONTINUATION);
            }
            else if (!lines || !isLineEnd(text, i)) {
                escape(out, c);
            }
        }
        return out.toString();
    }

    // The line end of another system; the line feed follows.
    private static boolean isLineEnd(String text, int index) {
        return text.charAt(index) == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n';
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit((c >> shift) & 0xf, 16));
                }
            }
        }
    }

    private static boolean isUnsafe(char c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        // C0 but for the tab, DEL and C1, line separators, bidirectional controls, marks.
        return (c < ' ' && c != '\t') || (c >= 0x7f && c <= 0x9f) || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
    }

}
