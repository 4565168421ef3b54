package io.observability.starter.logging.line;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.observability.starter.context.ContextField;
import org.jspecify.annotations.Nullable;

/**
 * What an MDC becomes on a line, kept for the next line of the same request. Logback
 * hands out the same read-only copy of the MDC until the MDC changes, so that the
 * identity of the map says whether the bytes still hold.
 */
final class ContextFragment implements BiConsumer<String, @Nullable String> {

    private static final int INITIAL_CAPACITY = 512;

    private static final int MAX_KEPT = 16 * 1024;

    // Other maps may change while they stay the same object.
    private static final Class<?> READ_ONLY = Collections.unmodifiableMap(new HashMap<>()).getClass();

    private static final ContextField[] IDENTIFIERS = ContextField.values();

    private final LineEncoding encoding;

    private final LineBounds bounds;

    private final FieldWriting fields;

    private final ContextEntries entries = new ContextEntries();

    private LineBuffer bytes = new LineBuffer(INITIAL_CAPACITY);

    // One value that is put into the bytes.
    private LineBuffer value = new LineBuffer(64);

    private boolean identifierCut;

    private int outsideLength;

    private boolean comparing;

    private int present;

    private @Nullable Map<String, String> source;

    private @Nullable Map<String, String> exclude;

    private boolean inside;

    ContextFragment(LineEncoding encoding) {
        this.encoding = encoding;
        this.bounds = encoding.bounds();
        this.fields = new FieldWriting(encoding);
    }

    /**
     * Make this the fragment of a map.
     * @param map the map
     * @param except the entries that stand on the line already, or {@code null}
     * @param limit the bytes after which no further field is written
     */
    void of(Map<String, String> map, @Nullable Map<String, String> except, int limit) {
        if (map == this.source && except == null) {
            return;
        }
        if (except == null && this.entries.areKnown() && map.getClass() == READ_ONLY && hasSameEntries(map)) {
            this.present = this.encoding.presence().of(map);
            mend();
        }
        else {
            writeAnew(map, except, limit);
        }
        boolean lasts = except == null && map.getClass() == READ_ONLY && this.bytes.position <= MAX_KEPT
                && this.fields.repairs() == 0 && !isCut();
        this.source = lasts ? map : null;
        if (!lasts) {
            this.entries.clear();
        }
    }

    private void writeAnew(Map<String, String> map, @Nullable Map<String, String> except, int limit) {
        clear();
        if (this.bytes.capacity() > MAX_KEPT) {
            this.bytes = new LineBuffer(INITIAL_CAPACITY);
        }
        if (this.value.capacity() > INITIAL_CAPACITY) {
            this.value = new LineBuffer(64);
        }
        this.bytes.truncate(0);
        this.fields.begin(this.bytes, limit);
        this.identifierCut = false;
        this.present = this.encoding.presence().of(map);
        this.exclude = except;
        try {
            write(map);
        }
        finally {
            this.exclude = null;
        }
    }

    private boolean hasSameEntries(Map<String, String> map) {
        this.entries.compare();
        this.comparing = true;
        try {
            write(map);
        }
        finally {
            this.comparing = false;
        }
        return this.entries.areSame(Math.min(MAX_KEPT, this.bounds.context) - this.bytes.position);
    }

    // Put the values that are others now in the place of the old ones.
    private void mend() {
        this.fields.begin(this.value, this.bounds.context);
        int outsideBefore = this.outsideLength;
        int moved = 0;
        for (int i = 0; i < this.entries.size(); i++) {
            ContextEntries.Entry entry = this.entries.get(i);
            int start = entry.start + moved;
            int end = entry.end + moved;
            boolean outside = entry.end <= outsideBefore;
            entry.start = start;
            entry.end = end;
            if (entry.changed && end > start) {
                writeValue(entry);
                int length = this.value.position;
                this.bytes.replace(start, end, this.value.bytes, length);
                entry.end = start + length;
                moved += entry.end - end;
                this.outsideLength += outside ? entry.end - end : 0;
            }
            entry.changed = false;
        }
    }

    private void writeValue(ContextEntries.Entry entry) {
        this.value.truncate(0);
        String value = entry.value;
        if (entry.identifier && value != null) {
            this.identifierCut |= !JsonText.quoted(this.value, value, LineLimits.NAME);
        }
        else {
            this.fields.writeAgain(value);
        }
    }

    void clear() {
        this.source = null;
        this.entries.clear();
        this.outsideLength = 0;
        this.fields.end();
    }

    void appendTo(LineBuffer out, boolean insideContainer) {
        if (insideContainer) {
            out.put(this.bytes.bytes, this.outsideLength, this.bytes.position - this.outsideLength);
        }
        else {
            out.put(this.bytes.bytes, 0, this.outsideLength);
        }
    }

    /**
     * Which of the fields that are counted the map has.
     * @return a bit for each, as {@link PresenceCounts} knows them
     */
    int present() {
        return this.present;
    }

    /**
     * Number of bytes of the fields.
     * @return the number of bytes
     */
    int length() {
        return this.bytes.position;
    }

    /**
     * Number of bytes of the fields that the schema has in its container.
     * @return the number of bytes
     */
    int insideLength() {
        return this.bytes.position - this.outsideLength;
    }

    boolean isCut() {
        return this.identifierCut || this.fields.isCut();
    }

    FieldWriting fields() {
        return this.fields;
    }

    @Override
    public void accept(String key, @Nullable String value) {
        if (this.comparing) {
            if (!this.entries.isNext(key, value, false) && isWanted(key)) {
                this.entries.differ();
            }
        }
        else if (isWanted(key)) {
            int start = this.fields.write(key, value, this.inside);
            this.entries.add(key, value, false, start, this.bytes.position);
        }
    }

    private boolean isWanted(String key) {
        if (ContextKeys.isIdentifier(key) || (this.exclude != null && this.exclude.containsKey(key))) {
            return false;
        }
        Set<String> wanted = this.encoding.contextKeys();
        return wanted == null || wanted.contains(key);
    }

    private void write(Map<String, String> map) {
        write(map, false);
        if (!this.comparing) {
            this.outsideLength = this.bytes.position;
        }
        if (this.encoding.parts().container != null) {
            write(map, true);
        }
    }

    private void write(Map<String, String> map, boolean insideContainer) {
        for (ContextField identifier : IDENTIFIERS) {
            LinePart part = this.encoding.identifier(identifier);
            if (part == null || part.inside != insideContainer) {
                continue;
            }
            String key = identifier.key();
            String value = map.get(key);
            if (value != null && (this.exclude == null || this.exclude.get(key) == null)) {
                identifier(part, key, value);
            }
        }
        this.inside = insideContainer;
        if (insideContainer || this.encoding.parts().container == null || this.encoding.parts().twoPlaces) {
            map.forEach(this);
        }
    }

    private void identifier(LinePart part, String key, String value) {
        if (this.comparing) {
            if (!this.entries.isNext(key, value, true)) {
                this.entries.differ();
            }
            return;
        }
        this.bytes.put(part.before);
        int start = this.bytes.position;
        this.identifierCut |= !JsonText.quoted(this.bytes, value, LineLimits.NAME);
        this.entries.add(key, value, true, start, this.bytes.position);
        this.bytes.put(part.after);
    }

}
