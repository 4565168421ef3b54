package io.observability.promcard;

import java.util.Locale;

/**
 * Text from elsewhere, made safe for a terminal: nothing in it moves the cursor, hides or
 * turns around what stands beside it.
 */
final class TerminalText {

    private TerminalText() {
    }

    /**
     * Make a text safe and short.
     * @param text the text
     * @param max the most characters to show
     * @return the text, with escapes for what has no shape of its own
     */
    static String of(String text, int max) {
        StringBuilder safe = new StringBuilder();
        int cut = 0;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            safe.append(isVisible(c) ? Character.toString(c) : "\\u{" + Integer.toHexString(c) + "}");
            if (safe.length() > max) {
                safe.setLength(cut);
                return safe.append("...").toString();
            }
            if (safe.length() <= max - 3) {
                cut = safe.length();
            }
        }
        return safe.toString();
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

}
