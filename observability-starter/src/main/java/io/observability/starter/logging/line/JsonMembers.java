package io.observability.starter.logging.line;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Members of a JSON object that somebody else wrote, in their order and with the names
 * that stand there twice.
 */
final class JsonMembers {

    private final List<Map.Entry<String, @Nullable Object>> entries = new ArrayList<>();

    void add(String name, @Nullable Object value) {
        this.entries.add(new SimpleImmutableEntry<>(name, value));
    }

    List<Map.Entry<String, @Nullable Object>> entries() {
        return this.entries;
    }

}
