package io.observability.starter.logging.line;

import io.observability.starter.context.ContextField;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the MDC that are members of the line itself.
 */
final class ContextKeys {

    private static final String TRACE_ID = ContextField.TRACE_ID.key();

    private static final String SPAN_ID = ContextField.SPAN_ID.key();

    private static final String REQUEST_ID = ContextField.REQUEST_ID.key();

    private ContextKeys() {
    }

    static boolean isIdentifier(@Nullable String key) {
        return TRACE_ID.equals(key) || SPAN_ID.equals(key) || REQUEST_ID.equals(key);
    }

}
