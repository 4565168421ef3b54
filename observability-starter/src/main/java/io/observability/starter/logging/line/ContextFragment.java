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

    private final FieldWriting fields;

    private LineBuffer bytes = new LineBuffer(INITIAL_CAPACITY);

    private int outsideLength;

    private int present;

    private @Nullable Map<String, String> source;

    private @Nullable Map<String, String> exclude;

    private boolean inside;

    ContextFragment(LineEncoding encoding) {
        this.encoding = encoding;
        this.fields = new FieldWriting(encoding);
    }

    /**
     * Make this the fragment of a map.
     * @param map the map
     * @param except the entries that stand on the line already, or {@code null}
     */
    void of(Map<String, String> map, @Nullable Map<String, String> except) {
        if (map == this.source && except == null) {
            return;
        }
        clear();
        if (this.bytes.capacity() > MAX_KEPT) {
            this.bytes = new LineBuffer(INITIAL_CAPACITY);
        }
        this.bytes.truncate(0);
        this.fields.begin(this.bytes, LineLimits.CONTEXT);
        this.present = this.encoding.presence().of(map);
        this.exclude = except;
        try {
            write(map, false);
            this.outsideLength = this.bytes.position;
            if (this.encoding.parts().container != null) {
                write(map, true);
            }
        }
        finally {
            this.exclude = null;
        }
        boolean lasts = except == null && map.getClass() == READ_ONLY && this.bytes.position <= MAX_KEPT
                && this.fields.repairs() == 0;
        this.source = lasts ? map : null;
    }

    void clear() {
        this.source = null;
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

    FieldWriting fields() {
        return this.fields;
    }

    @Override
    public void accept(String key, @Nullable String value) {
        if (ContextKeys.isIdentifier(key) || (this.exclude != null && this.exclude.containsKey(key))) {
            return;
        }
        Set<String> wanted = this.encoding.contextKeys();
        if (wanted == null || wanted.contains(key)) {
            this.fields.write(key, value, this.inside);
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
                this.bytes.put(part.before);
                JsonText.quoted(this.bytes, value, LineLimits.NAME);
                this.bytes.put(part.after);
            }
        }
        this.inside = insideContainer;
        if (insideContainer || this.encoding.parts().container == null || this.encoding.parts().twoPlaces) {
            map.forEach(this);
        }
    }

}
