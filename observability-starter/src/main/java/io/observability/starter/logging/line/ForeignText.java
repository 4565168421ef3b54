package io.observability.starter.logging.line;

import org.jspecify.annotations.Nullable;

/**
 * Calls {@code toString()} of objects that are not ours. It may throw, overflow the
 * stack, return {@code null} or log the object itself; none of that gets further than
 * here.
 */
final class ForeignText {

    /** SLF4J's own words for it. */
    static final String FAILED = "[FAILED toString()]";

    private static final int MAX_NESTED = 3;

    // Has a value during the call only; what stays on a pooled thread is an empty entry.
    private static final ThreadLocal<@Nullable Integer> NESTED = new ThreadLocal<>();

    private ForeignText() {
    }

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Number && value.getClass().getName().startsWith("java.lang.")) {
            return value.toString();
        }
        return guarded(value);
    }

    private static String guarded(Object value) {
        Integer nested = NESTED.get();
        if (nested != null && nested >= MAX_NESTED) {
            return "[NESTED " + value.getClass().getName() + "]";
        }
        try {
            NESTED.set((nested != null) ? nested + 1 : 1);
            String text = value.toString();
            return (text != null) ? text : "null";
        }
        catch (Throwable ex) {
            return FAILED;
        }
        finally {
            NESTED.set(nested);
        }
    }

}
