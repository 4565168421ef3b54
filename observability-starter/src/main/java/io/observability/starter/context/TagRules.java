package io.observability.starter.context;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What may be the key and the value of a business tag.
 */
final class TagRules {

    private static final String REPLACEMENT = "_";

    // What a log line has of its own. A tag of such a name would be written beside it
    // under another name, and nobody would find it.
    private static final Set<String> RESERVED = Set.of(ContextField.TRACE_ID.key(), ContextField.SPAN_ID.key(),
            ContextField.REQUEST_ID.key(), "trace_flags", "timestamp", "version", "level", "level_value", "message",
            "logger", "logger_name", "thread", "thread_name", "service", "service_version", "environment", "tags",
            "marker", "error_type", "stack_hash", "stack_trace", "duration_ms", "request_bytes", "response_bytes",
            "client_address", "user_agent", "fields_cut", "encoding_error");

    // Fields of the access line.
    private static final String RESERVED_PREFIX = "http_";

    private TagRules() {
    }

    static boolean isKey(@Nullable String key) {
        if (key == null || key.isEmpty() || key.length() > BusinessTags.MAX_KEY_LENGTH || !isLetter(key.charAt(0))) {
            return false;
        }
        for (int i = 1; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return !key.startsWith(RESERVED_PREFIX) && !RESERVED.contains(key);
    }

    static boolean isValue(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > BusinessTags.MAX_VALUE_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length();) {
            int c = value.codePointAt(i);
            if (!isPlain(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    /**
     * Make a value of what the application itself set.
     * @param value any text but the empty one
     * @return the text, cut and without what is not plain text
     */
    static String toValue(String value) {
        if (isValue(value)) {
            return value;
        }
        StringBuilder clean = new StringBuilder(BusinessTags.MAX_VALUE_LENGTH);
        for (int i = 0; i < value.length();) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (clean.length() + Character.charCount(c) > BusinessTags.MAX_VALUE_LENGTH) {
                break;
            }
            if (isPlain(c)) {
                clean.appendCodePoint(c);
            }
            else {
                clean.append(REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    // Neither a control (a line end), nor invisible (a change of direction), nor half a
    // character.
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

}
