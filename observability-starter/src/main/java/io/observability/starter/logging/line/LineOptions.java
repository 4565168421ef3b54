package io.observability.starter.logging.line;

import java.util.Set;

import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * What a user may choose about a line besides its schema.
 *
 * @param redaction what is masked
 * @param contextKeys the keys of the MDC that become fields besides the identifiers, or
 * {@code null} for all
 * @param stack how exceptions are written
 * @since 0.1.0
 */
public record LineOptions(Redaction redaction, @Nullable Set<String> contextKeys, StackOptions stack) {

    /**
     * Create the options.
     * @param redaction what is masked
     * @param contextKeys the keys of the MDC that become fields, or {@code null} for all
     * @param stack how exceptions are written
     */
    public LineOptions {
        contextKeys = (contextKeys != null) ? Set.copyOf(contextKeys) : null;
    }

    /**
     * The options of a service that sets none.
     * @return the standard redaction, all of the MDC, whole exceptions
     */
    public static LineOptions defaults() {
        return new LineOptions(Redaction.standard(), null, StackOptions.standard());
    }

}
