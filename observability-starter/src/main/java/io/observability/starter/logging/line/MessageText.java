package io.observability.starter.logging.line;

import java.lang.reflect.Array;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Formats the message of an event straight into the line, by the rules of SLF4J's
 * {@code MessageFormatter}: an escaped {@code \\{}} is text, an argument too few leaves
 * its place holder, one too many is ignored.
 */
final class MessageText {

    private static final String PLACE = "{}";

    private MessageText() {
    }

    /**
     * Write the message without quotes.
     * @param out the buffer
     * @param event the event
     * @return whether the message was written whole
     */
    static boolean append(LineBuffer out, ILoggingEvent event) {
        int end = out.position + LineLimits.MESSAGE;
        String pattern = event.getMessage();
        @Nullable Object[] arguments = event.getArgumentArray();
        if (pattern == null) {
            return JsonText.append(out, "null", 0, 4, end);
        }
        int count = (arguments != null) ? arguments.length : 0;
        if (count > 0 && event.getThrowableProxy() == null && arguments[count - 1] instanceof Throwable) {
            count--;
        }
        int from = 0;
        boolean whole = true;
        for (int i = 0; i < count && whole;) {
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

    private static boolean argument(LineBuffer out, @Nullable Object argument, int end) {
        if (argument instanceof Integer || argument instanceof Long) {
            out.putLong(((Number) argument).longValue());
            return true;
        }
        String text = (argument != null && argument.getClass().isArray()) ? array(argument) : ForeignText.of(argument);
        return JsonText.append(out, text, 0, text.length(), end);
    }

    private static String array(Object array) {
        StringBuilder text = new StringBuilder();
        appendArray(text, array, 1);
        return text.toString();
    }

    private static void appendArray(StringBuilder text, Object array, int depth) {
        text.append('[');
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                text.append(", ");
            }
            if (text.length() > LineLimits.STRING) {
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
