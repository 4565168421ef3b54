package io.observability.starter.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.observability.starter.logging.line.LineSchema;

/**
 * Finds a schema by the name that it has in configuration.
 *
 * @since 0.1.0
 */
public final class LineSchemas {

    /** Schema of lines that nobody gave one. */
    public static final LineSchema DEFAULT = LineSchema.LOGSTASH;

    private LineSchemas() {
    }

    /**
     * Find a schema.
     * @param id its id, in any case
     * @return the schema
     * @throws IllegalArgumentException if there is none; the message names those that are
     */
    public static LineSchema byId(String id) {
        String wanted = id.trim().toLowerCase(Locale.ROOT);
        for (LineSchema schema : LineSchema.values()) {
            if (schema.id().equals(wanted)) {
                return schema;
            }
        }
        throw new IllegalArgumentException("Schema '" + id + "' is none of " + ids().collect(Collectors.joining(", ")));
    }

    /**
     * Ids of all schemas.
     * @return the ids
     */
    public static Stream<String> ids() {
        return Arrays.stream(LineSchema.values()).map(LineSchema::id);
    }

}
