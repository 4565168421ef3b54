package io.observability.starter.logging.line;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.observability.starter.context.ContextField;
import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * What a user may choose about a line besides its schema.
 *
 * @param redaction what is masked
 * @param contextKeys the keys of the MDC that become fields besides the identifiers, or
 * {@code null} for all
 * @param stack how exceptions are written
 * @param requiredFields fields whose presence is counted: {@code service.name},
 * {@code service.version}, {@code deployment.environment.name}, and at most eight keys of
 * the MDC that the lines of a request should have
 * @param maxLine the longest line in bytes with its end, from {@link #MIN_LINE} to
 * {@link #MAX_LINE}; what does not fit is cut
 * @since 0.1.0
 */
public record LineOptions(Redaction redaction, @Nullable Set<String> contextKeys, StackOptions stack,
        Set<String> requiredFields, int maxLine) {

    /** Fewest bytes that the longest line may have. */
    public static final int MIN_LINE = 16 * 1024;

    /** Most bytes that the longest line may have. */
    public static final int MAX_LINE = 1024 * 1024;

    /** Bytes of the longest line unless another is chosen. */
    public static final int DEFAULT_LINE = 256 * 1024;

    /** Fields whose presence is counted unless others are chosen. */
    public static final List<String> REQUIRED_FIELDS = List.of(ServiceIdentity.NAME_FIELD,
            ServiceIdentity.VERSION_FIELD, ServiceIdentity.ENVIRONMENT_FIELD, ContextField.TRACE_ID.key());

    /**
     * Create the options.
     * @param redaction what is masked
     * @param contextKeys the keys of the MDC that become fields, or {@code null} for all
     * @param stack how exceptions are written
     * @param requiredFields fields whose presence is counted
     * @param maxLine the longest line in bytes
     */
    public LineOptions {
        if (maxLine < MIN_LINE || maxLine > MAX_LINE) {
            throw new IllegalArgumentException(
                    "maxLine is " + maxLine + " but must be from " + MIN_LINE + " to " + MAX_LINE);
        }
        contextKeys = (contextKeys != null) ? Set.copyOf(contextKeys) : null;
        requiredFields = Collections.unmodifiableSet(new LinkedHashSet<>(requiredFields));
        long keys = requiredFields.stream().filter((field) -> !ServiceIdentity.FIELDS.contains(field)).count();
        if (keys > PresenceCounts.MAX_KEYS) {
            throw new IllegalArgumentException("More than " + PresenceCounts.MAX_KEYS + " keys of the MDC");
        }
    }

    /**
     * Create the options with lines of the usual length.
     * @param redaction what is masked
     * @param contextKeys the keys of the MDC that become fields, or {@code null} for all
     * @param stack how exceptions are written
     * @param requiredFields fields whose presence is counted
     */
    public LineOptions(Redaction redaction, @Nullable Set<String> contextKeys, StackOptions stack,
            Set<String> requiredFields) {
        this(redaction, contextKeys, stack, requiredFields, DEFAULT_LINE);
    }

    /**
     * Create the options with the usual required fields and length.
     * @param redaction what is masked
     * @param contextKeys the keys of the MDC that become fields, or {@code null} for all
     * @param stack how exceptions are written
     */
    public LineOptions(Redaction redaction, @Nullable Set<String> contextKeys, StackOptions stack) {
        this(redaction, contextKeys, stack, new LinkedHashSet<>(REQUIRED_FIELDS));
    }

    /**
     * The options of a service that sets none.
     * @return the standard redaction, all of the MDC, whole exceptions
     */
    public static LineOptions defaults() {
        return new LineOptions(Redaction.standard(), null, StackOptions.standard());
    }

    /**
     * The same options with another length of lines.
     * @param maxLine the longest line in bytes
     * @return the options
     */
    public LineOptions withMaxLine(int maxLine) {
        return new LineOptions(this.redaction, this.contextKeys, this.stack, this.requiredFields, maxLine);
    }

}
