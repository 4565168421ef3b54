package io.observability.starter.context;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Business tags of one request, shared by all threads that work on it. Thread-safe: each
 * change replaces the map, so that a reader never sees half of one.
 *
 * @since 0.1.0
 */
public final class RequestTags {

    private volatile Map<String, String> tags = Map.of();

    /**
     * Tags as they are now.
     * @return the tags, which do not change any more
     */
    public Map<String, String> current() {
        return this.tags;
    }

    /**
     * Set or replace a tag.
     * @param key a valid key
     * @param value a valid value
     * @return whether there was room for it
     */
    synchronized boolean put(String key, String value) {
        Map<String, String> before = this.tags;
        String known = before.get(key);
        if (known == null && before.size() >= BusinessTags.MAX_TAGS) {
            return false;
        }
        if (!value.equals(known)) {
            Map<String, String> after = new LinkedHashMap<>(before);
            after.put(key, value);
            this.tags = after;
        }
        return true;
    }

    synchronized void remove(String key) {
        if (this.tags.containsKey(key)) {
            Map<String, String> after = new LinkedHashMap<>(this.tags);
            after.remove(key);
            this.tags = after;
        }
    }

}
