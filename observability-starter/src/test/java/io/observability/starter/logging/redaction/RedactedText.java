package io.observability.starter.logging.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as it stands in a line, masked there and read again.
 */
final class RedactedText {

    private RedactedText() {
    }

    static String of(Redaction redaction, String text) {
        return unescape(masked(redaction, escape(text)));
    }

    static String masked(Redaction redaction, String escaped) {
        // What stands around the text is not its own.
        byte[] text = escaped.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[text.length + 8];
        Arrays.fill(bytes, (byte) '7');
        System.arraycopy(text, 0, bytes, 4, text.length);
        int end = redaction.mask(bytes, 4, 4 + text.length, triggers(text));
        for (int i = 0; i < 4; i++) {
            if (bytes[i] != '7' || bytes[bytes.length - 1 - i] != '7') {
                throw new AssertionError("Wrote outside of the text");
            }
        }
        return new String(bytes, 4, end - 4, StandardCharsets.UTF_8);
    }

    /**
     * Assert what holds for any text: masking never grows it, never breaks an escape, and
     * changes nothing more once it is done. What is left when a secret is gone may look
     * like another, such as {@code a://cookie:***}@}, so that twice may be needed.
     * @param redaction what masks
     * @param text the text
     */
    static void check(Redaction redaction, String text) {
        String escaped = escape(text);
        String masked = masked(redaction, escaped);
        if (masked.getBytes(StandardCharsets.UTF_8).length > escaped.getBytes(StandardCharsets.UTF_8).length) {
            throw new AssertionError("Grew: " + masked);
        }
        // Throws where an escape is broken.
        of(redaction, text);
        String again = masked(redaction, masked);
        String more = masked(redaction, again);
        if (again.length() > masked.length() || !more.equals(again)) {
            throw new AssertionError("Masked again: " + masked + " -> " + again + " -> " + more);
        }
    }

    static int triggers(byte[] text) {
        int seen = 0;
        for (byte value : text) {
            seen |= (value >= 0) ? Redaction.trigger(value) : 0;
        }
        return seen;
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (c < ' ') {
                        escaped.append(String.format("\\u%04x", (int) c));
                    }
                    else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static String unescape(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '"') {
                throw new AssertionError("Raw quote in " + escaped);
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char letter = escaped.charAt(++i);
            switch (letter) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case '"', '\\' -> text.append(letter);
                case 'u' -> {
                    text.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> throw new AssertionError("Broken escape in " + escaped);
            }
        }
        return text.toString();
    }

}
