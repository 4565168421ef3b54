package io.observability.starter.logging.line;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import io.observability.starter.context.ContextField;
import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * What all lines of one writer share. Thread-safe.
 */
final class LineEncoding {

    private final LineParts parts;

    private final LineKeyTable keys;

    private final LineOptions options;

    private final LineBounds bounds;

    private final LineCounts counts;

    private final PresenceCounts presence;

    private final Redaction redaction;

    private final ThrowableNames throwableNames;

    private final Map<ContextField, LinePart> identifiers = new EnumMap<>(ContextField.class);

    LineEncoding(LineSchema schema, ServiceIdentity service, LineOptions options) {
        this.parts = new LineParts(schema, service);
        this.keys = new LineKeyTable(schema.shape(), this.parts, options.redaction());
        this.options = options;
        this.bounds = new LineBounds(options.maxLine());
        this.redaction = options.redaction();
        this.throwableNames = new ThrowableNames(this.redaction);
        this.presence = new PresenceCounts(service, options.requiredFields());
        this.counts = new LineCounts(options.redaction(), this.presence);
        identifier(ContextField.TRACE_ID, LineField.TRACE_ID);
        identifier(ContextField.SPAN_ID, LineField.SPAN_ID);
        identifier(ContextField.REQUEST_ID, LineField.REQUEST_ID);
    }

    LineParts parts() {
        return this.parts;
    }

    LineKeyTable keys() {
        return this.keys;
    }

    ThrowableNames throwableNames() {
        return this.throwableNames;
    }

    LineBounds bounds() {
        return this.bounds;
    }

    LineOptions options() {
        return this.options;
    }

    /**
     * Mask the secrets in text that was just written.
     * @param out the buffer, whose {@link LineBuffer#seen} covers the text
     * @param from where the text begins
     * @return whether something was masked
     */
    boolean mask(LineBuffer out, int from) {
        int end = out.position;
        int active = this.redaction.active(out.seen, end - from);
        if (active == 0) {
            return false;
        }
        out.position = this.redaction.maskActive(out.bytes, from, end, active);
        return out.position != end;
    }

    @Nullable Set<String> contextKeys() {
        return this.options.contextKeys();
    }

    LineCounts counts() {
        return this.counts;
    }

    PresenceCounts presence() {
        return this.presence;
    }

    @Nullable LinePart identifier(ContextField field) {
        return this.identifiers.get(field);
    }

    private void identifier(ContextField key, LineField field) {
        LinePart part = this.parts.part(field);
        if (part != null) {
            this.identifiers.put(key, part);
        }
    }

}
