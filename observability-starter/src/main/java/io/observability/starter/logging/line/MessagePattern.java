package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.List;

import io.observability.starter.logging.redaction.Redaction;

/**
 * The pattern of a message, taken apart once: its texts as they are written, and what the
 * redaction has to look for because of them. Immutable.
 */
final class MessagePattern {

    private static final String PLACE = "{}";

    private static final int MAX_PLACES = 16;

    final String pattern;

    /** What stands before, between and behind the arguments; one more than those. */
    final byte[][] texts;

    /** Bytes of the texts together. */
    final int length;

    /** What is to be looked for, whatever the arguments are. */
    final int active;

    /** Bits of the arguments that have a neighbour without anything between. */
    final int glued;

    private MessagePattern(String pattern, byte[][] texts, Redaction redaction) {
        this.pattern = pattern;
        this.texts = texts;
        int found = 0;
        int neighbours = 0;
        int bytes = 0;
        for (int i = 0; i < texts.length; i++) {
            boolean first = i == 0;
            boolean last = i == texts.length - 1;
            byte[] text = texts[i];
            bytes += text.length;
            found |= redaction.activeInPart(text, !first, !last);
            if (!first && !last && text.length < 2) {
                // The groups of a card number may be arguments.
                found |= redaction.active(Redaction.trigger('0'), Integer.MAX_VALUE);
            }
            if (!first && (text.length == 0 || joins(text[0]))) {
                neighbours |= 1 << (i - 1);
            }
            if (!last && (text.length == 0 || joins(text[text.length - 1]))) {
                neighbours |= 1 << i;
            }
        }
        this.length = bytes;
        this.active = found;
        this.glued = neighbours;
    }

    /**
     * Take a pattern apart. One that has no place, an escaped one or very many has no
     * parts: it is formatted piece by piece.
     * @param pattern the pattern
     * @param redaction what is masked
     * @return the parts
     */
    static MessagePattern of(String pattern, Redaction redaction) {
        List<byte[]> texts = new ArrayList<>();
        int from = 0;
        for (int place = pattern.indexOf(PLACE); place >= 0; place = pattern.indexOf(PLACE, from)) {
            if (texts.size() == MAX_PLACES || (place > 0 && pattern.charAt(place - 1) == '\\')) {
                return new MessagePattern(pattern, new byte[0][], redaction);
            }
            texts.add(text(pattern, from, place));
            from = place + PLACE.length();
        }
        if (!texts.isEmpty()) {
            texts.add(text(pattern, from, pattern.length()));
        }
        return new MessagePattern(pattern, texts.toArray(byte[][]::new), redaction);
    }

    /**
     * Whether the texts and so many arguments, in turn, are the message.
     * @param arguments the number of arguments
     * @return whether they are
     */
    boolean isMadeOf(int arguments) {
        return this.texts.length > 0 && arguments >= this.texts.length - 1;
    }

    private static byte[] text(String pattern, int from, int to) {
        LineBuffer out = new LineBuffer(to - from);
        JsonText.append(out, pattern, from, to, Integer.MAX_VALUE);
        return out.toByteArray();
    }

    // Where a value ends and nothing says so.
    private static boolean joins(byte value) {
        return Character.isLetterOrDigit(value & 0xff) || value == '_' || value == '-' || value == '.' || value < 0;
    }

}
