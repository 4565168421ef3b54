package io.observability.starter.logging.line;

import org.jspecify.annotations.Nullable;

/**
 * The one way through which every field of a caller goes into a line: what its name
 * becomes, whether its value is shown, whether there is room. Not thread-safe.
 */
final class FieldWriting {

    private static final byte[] MASK = { '"', '*', '*', '*', '"' };

    private final LineEncoding encoding;

    private final LineKeyTable keys;

    private final JsonValues values;

    private final LineKeys outside;

    private final LineKeys inside;

    private LineBuffer out;

    private int end;

    private int cut;

    private int repairs;

    FieldWriting(LineEncoding encoding) {
        this.encoding = encoding;
        this.keys = encoding.keys();
        this.out = new LineBuffer(0);
        this.values = new JsonValues(this.out, encoding);
        this.outside = new LineKeys(encoding.parts().reserved(false));
        this.inside = new LineKeys(encoding.parts().reserved(true));
    }

    // A reference is stored only if it is another one: what lives long pays for each
    // store with a memory barrier of the garbage collector.
    @SuppressWarnings("ReferenceEquality")
    void begin(LineBuffer target, int fieldsEnd) {
        if (this.out != target) {
            this.out = target;
        }
        this.end = fieldsEnd;
        this.cut = 0;
        this.repairs = 0;
        this.values.begin(target, fieldsEnd);
    }

    /** Let go of everything that belongs to the caller. */
    void end() {
        this.outside.clear();
        this.inside.clear();
    }

    /**
     * Take the names that stand on the line already.
     * @param other who wrote them
     */
    void after(FieldWriting other) {
        this.outside.addAll(other.outside);
        this.inside.addAll(other.inside);
    }

    int cutFields() {
        return this.cut;
    }

    // Whether a field was left out, or a part of its value.
    boolean isCut() {
        return this.cut > 0 || this.values.isCut();
    }

    // How often something had to be counted.
    int repairs() {
        return this.repairs;
    }

    /**
     * Write a field.
     * @param key its key
     * @param value its value
     * @param insideContainer the place that is being written; a field of the other place
     * is not written
     * @return where its value begins, or where the buffer ends if it was not written
     */
    int write(@Nullable String key, @Nullable Object value, boolean insideContainer) {
        LineKey known = this.keys.get(key);
        if (known.inside != insideContainer || !name(known)) {
            return this.out.position;
        }
        int start = this.out.position;
        if (known.masked) {
            this.out.put(MASK);
            this.repairs++;
            this.encoding.options().redaction().fieldMasked();
        }
        else {
            writeAgain(value);
        }
        return start;
    }

    /**
     * Write another value of a field whose name stands there already.
     * @param value the value, which nothing but its own looks may mask
     */
    void writeAgain(@Nullable Object value) {
        long before = this.values.repairs();
        this.values.write(value);
        this.repairs += (int) (this.values.repairs() - before);
    }

    void failed(String key, Throwable failure, boolean insideContainer) {
        LineKey known = this.keys.get(key);
        if (known.inside == insideContainer && name(known)) {
            this.values.failed(failure);
        }
    }

    private boolean name(LineKey key) {
        if (this.out.position >= this.end) {
            this.cut++;
            return false;
        }
        LineKeys taken = key.inside ? this.inside : this.outside;
        if (taken.add(key.name)) {
            if (key.renamed) {
                renamed();
            }
            this.out.put(key.member);
        }
        else {
            renamed();
            this.out.put(LineKey.member(taken.another(key.name)));
        }
        return true;
    }

    private void renamed() {
        this.repairs++;
        this.encoding.counts().fieldRenamed();
    }

}
