package io.observability.starter.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Business tags that a request brings in its headers. A header from outside is hostile
 * until it is proven otherwise: only a value that may stand as it is becomes a tag.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class HeaderTags {

    /** No header is a tag. */
    public static final HeaderTags NONE = new HeaderTags(Map.of());

    private final String[] keys;

    private final String[] headers;

    /**
     * Create the rule.
     * @param headers name of the header by key of the tag
     */
    public HeaderTags(Map<String, String> headers) {
        Map<String, String> ordered = new LinkedHashMap<>(headers);
        this.keys = ordered.keySet().toArray(String[]::new);
        this.headers = ordered.values().toArray(String[]::new);
    }

    /**
     * Begin the tags of a request.
     * @param onlyValue gives the value of a header, {@code null} unless it has exactly
     * one
     * @return the tags
     */
    public RequestTags read(UnaryOperator<@Nullable String> onlyValue) {
        RequestTags tags = new RequestTags();
        for (int i = 0; i < this.keys.length; i++) {
            String value = onlyValue.apply(this.headers[i]);
            if (value != null && TagRules.isValue(value)) {
                tags.put(this.keys[i], value);
            }
        }
        return tags;
    }

    /**
     * Whether no header is a tag.
     * @return whether it is so
     */
    public boolean isEmpty() {
        return this.keys.length == 0;
    }

}
