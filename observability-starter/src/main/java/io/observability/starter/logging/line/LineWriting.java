package io.observability.starter.logging.line;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * State of one line while it is written: what names are taken, how much room is left.
 * Lent by {@link LinePool} and reused, so that a line allocates nothing of its own. The
 * one place through which every field of a caller goes.
 */
final class LineWriting implements BiConsumer<String, @Nullable String> {

    private static final int INITIAL_CAPACITY = 4096;

    /** Buffer that belongs to this state; a line may be written into another one. */
    private LineBuffer own = new LineBuffer(INITIAL_CAPACITY);

    private LineBuffer out = this.own;

    private final LineKeys keys;

    private final JsonValues values;

    private final LineCounts counts;

    private int start;

    private int fieldsEnd;

    private int cutFields;

    private @Nullable Map<String, String> known;

    LineWriting(Set<String> reserved, LineCounts counts) {
        this.keys = new LineKeys(reserved);
        this.values = new JsonValues(this.own, counts);
        this.counts = counts;
    }

    /**
     * Empty the own buffer, or replace it when one huge line made it grow.
     * @return the buffer
     */
    LineBuffer ownBuffer() {
        if (this.own.capacity() > LineLimits.KEPT_BUFFER) {
            this.own = new LineBuffer(INITIAL_CAPACITY);
        }
        this.own.truncate(0);
        return this.own;
    }

    void begin(LineBuffer target) {
        this.out = target;
        this.start = target.position;
        this.fieldsEnd = this.start + LineLimits.FIELDS_END;
        this.cutFields = 0;
        this.values.begin(target, this.fieldsEnd);
    }

    /**
     * Let go of everything that belongs to the caller.
     */
    void end() {
        this.keys.clear();
        this.known = null;
        this.out = this.own;
        this.values.begin(this.own, 0);
    }

    LineBuffer out() {
        return this.out;
    }

    int start() {
        return this.start;
    }

    int cutFields() {
        return this.cutFields;
    }

    /**
     * Write the entries of a map that are not identifiers of the request.
     * @param context the context
     * @param alreadyWritten entries that stand on the line and are not repeated
     */
    void context(Map<String, String> context, @Nullable Map<String, String> alreadyWritten) {
        this.known = alreadyWritten;
        context.forEach(this);
        this.known = null;
    }

    @Override
    public void accept(String key, @Nullable String value) {
        if (!ContextKeys.isIdentifier(key) && (this.known == null || !this.known.containsKey(key))) {
            field(key, value);
        }
    }

    void field(@Nullable String key, @Nullable Object value) {
        if (name(key)) {
            this.values.write(value);
        }
    }

    void failedField(String key, Throwable failure) {
        if (name(key)) {
            this.values.failed(failure);
        }
    }

    private boolean name(@Nullable String key) {
        if (this.out.position >= this.fieldsEnd) {
            this.cutFields++;
            return false;
        }
        String name = this.keys.take(key);
        if (!name.equals(key)) {
            this.counts.fieldRenamed();
        }
        this.out.put(',');
        JsonText.quoted(this.out, name, LineLimits.NAME * 2);
        this.out.put(':');
        return true;
    }

}
