package io.observability.starter.logging.line;

import java.lang.reflect.Array;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Formats the message of an event straight into the line, by the rules of SLF4J's
 * {@code MessageFormatter}: an escaped {@code \\{}} is text, an argument too few leaves
 * its place holder, one too many is ignored. Masks the secrets in it. Thread-safe.
 */
final class MessageText {

    private static final String PLACE = "{}";

    private final Redaction redaction;

    private final MessagePatterns patterns;

    private final int maxMessage;

    private final int maxString;

    MessageText(Redaction redaction, LineBounds bounds) {
        this.redaction = redaction;
        this.maxMessage = bounds.message;
        this.maxString = bounds.string;
        this.patterns = new MessagePatterns(redaction);
    }

    /**
     * Write the message without quotes.
     * @param out the buffer
     * @param event the event
     * @param lineEnd the position in the buffer at which the message is cut at the latest
     * @return whether the message was written whole
     */
    boolean append(LineBuffer out, ILoggingEvent event, int lineEnd) {
        int end = Math.min(out.position + this.maxMessage, lineEnd);
        String pattern = event.getMessage();
        @Nullable Object[] arguments = event.getArgumentArray();
        if (pattern == null || arguments == null) {
            return masked(out, (pattern != null) ? pattern : "null", arguments, 0, end);
        }
        int count = arguments.length;
        if (count > 0 && event.getThrowableProxy() == null && arguments[count - 1] instanceof Throwable) {
            count--;
        }
        MessagePattern parts = this.patterns.get(pattern);
        // The texts take their room, and what the arguments take is measured with it.
        return (parts != null && parts.isMadeOf(count) && parts.length < (end - out.position) / 2)
                ? known(out, parts, arguments, end - parts.length) : masked(out, pattern, arguments, count, end);
    }

    private boolean known(LineBuffer out, MessagePattern parts, @Nullable Object[] arguments, int end) {
        int start = out.position;
        int active = parts.active;
        byte[][] texts = parts.texts;
        int last = texts.length - 1;
        boolean whole = true;
        for (int i = 0; i < last && whole; i++) {
            out.put(texts[i]);
            int from = out.position;
            out.seen = 0;
            whole = argument(out, arguments[i], end);
            int length = out.position - from;
            if (length > 0) {
                active |= this.redaction.activeWithin(out.seen, length, out.bytes[out.position - 1],
                        (parts.glued & 1 << i) != 0);
            }
        }
        if (whole) {
            out.put(texts[last]);
        }
        out.position = this.redaction.maskActive(out.bytes, start, out.position, active);
        return whole;
    }

    private boolean masked(LineBuffer out, String pattern, @Nullable Object @Nullable [] arguments, int count,
            int end) {
        int from = out.position;
        out.seen = 0;
        boolean whole = format(out, pattern, arguments, count, end);
        out.position = this.redaction.mask(out.bytes, from, out.position, out.seen);
        return whole;
    }

    private boolean format(LineBuffer out, String pattern, @Nullable Object @Nullable [] arguments, int count,
            int end) {
        int from = 0;
        boolean whole = true;
        for (int i = 0; arguments != null && i < count && whole;) {
            int place = pattern.indexOf(PLACE, from);
            if (place < 0) {
                break;
            }
            int escapes = escapesBefore(pattern, place);
            if (escapes == 1) {
                whole = JsonText.append(out, pattern, from, place - 1, end) && JsonText.append(out, "{", 0, 1, end);
                from = place + 1;
            }
            else {
                whole = JsonText.append(out, pattern, from, (escapes == 2) ? place - 1 : place, end)
                        && argument(out, arguments[i++], end);
                from = place + 2;
            }
        }
        return whole && JsonText.append(out, pattern, from, pattern.length(), end);
    }

    private static int escapesBefore(String pattern, int place) {
        if (place == 0 || pattern.charAt(place - 1) != '\\') {
            return 0;
        }
        return (place >= 2 && pattern.charAt(place - 2) == '\\') ? 2 : 1;
    }

    private boolean argument(LineBuffer out, @Nullable Object argument, int end) {
        if ((argument instanceof Integer || argument instanceof Long) && out.position < end) {
            out.putLong(((Number) argument).longValue());
            out.seen |= Redaction.trigger('0');
            return true;
        }
        String text = (argument != null && argument.getClass().isArray()) ? array(argument) : ForeignText.of(argument);
        return JsonText.append(out, text, 0, text.length(), end);
    }

    private String array(Object array) {
        StringBuilder text = new StringBuilder();
        appendArray(text, array, 1);
        return text.toString();
    }

    private void appendArray(StringBuilder text, Object array, int depth) {
        text.append('[');
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                text.append(", ");
            }
            if (text.length() > this.maxString) {
                text.append("\u2026[").append(length - i).append(" elements cut]");
                break;
            }
            Object element = Array.get(array, i);
            if (element == null || !element.getClass().isArray()) {
                text.append(ForeignText.of(element));
            }
            else if (depth == LineLimits.DEPTH) {
                text.append("[...]");
            }
            else {
                appendArray(text, element, depth + 1);
            }
        }
        text.append(']');
    }

}
