package io.observability.starter.logging.line;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import net.logstash.logback.marker.MapEntriesAppendingMarker;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;

/**
 * What logstash's arguments hold, which they show to Jackson alone. Where the module
 * system keeps it closed, or the value is one that Jackson takes apart, the answer is
 * {@link #UNKNOWN}.
 */
final class LogstashParts {

    /** Says that the argument has to write itself. */
    static final Object UNKNOWN = new Object();

    private static final int MAX_ELEMENTS = 64;

    private static final int MAX_DEPTH = 3;

    private static final @Nullable MethodHandle VALUE = value();

    private static final @Nullable MethodHandle MAP = map();

    private LogstashParts() {
    }

    /**
     * Read the value of an argument with one field.
     * @param field the argument
     * @return the value, or {@link #UNKNOWN}
     * @throws Throwable if the argument fails to tell
     */
    static @Nullable Object of(SingleFieldAppendingMarker field) throws Throwable {
        MethodHandle handle = VALUE;
        return (handle != null) ? (Object) handle.invokeExact(field) : UNKNOWN;
    }

    /**
     * Read the entries of an argument with a map.
     * @param entries the argument
     * @return the map, or {@code null}
     * @throws Throwable if the argument fails to tell
     */
    static @Nullable Map<?, ?> of(MapEntriesAppendingMarker entries) throws Throwable {
        MethodHandle handle = MAP;
        return (handle != null) ? (Map<?, ?>) handle.invokeExact(entries) : null;
    }

    /**
     * Whether Jackson and the line write a value alike.
     * @param value the value
     * @return whether Jackson is not needed
     */
    static boolean isPlain(@Nullable Object value) {
        return isPlain(value, 0);
    }

    private static boolean isPlain(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Integer || value instanceof Long
                || value instanceof Boolean || value instanceof Double || value instanceof Float
                || value instanceof Short || value instanceof Byte || value instanceof Character) {
            return true;
        }
        if (depth == MAX_DEPTH) {
            return false;
        }
        if (value instanceof Object[] array) {
            return arePlain(array, depth + 1);
        }
        if (value instanceof Map<?, ?> map) {
            return map.size() <= MAX_ELEMENTS && arePlain(map.keySet().toArray(), MAX_DEPTH)
                    && arePlain(map.values().toArray(), depth + 1);
        }
        if (value instanceof Collection<?> collection) {
            return collection.size() <= MAX_ELEMENTS && arePlain(collection.toArray(), depth + 1);
        }
        Class<?> type = value.getClass();
        return type == BigDecimal.class || type == BigInteger.class || type == UUID.class || type == Instant.class;
    }

    private static boolean arePlain(@Nullable Object[] values, int depth) {
        if (values.length > MAX_ELEMENTS) {
            return false;
        }
        for (Object value : values) {
            if (!isPlain(value, depth)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable MethodHandle value() {
        try {
            return MethodHandles.privateLookupIn(SingleFieldAppendingMarker.class, MethodHandles.lookup())
                .findVirtual(SingleFieldAppendingMarker.class, "getFieldValue", MethodType.methodType(Object.class));
        }
        catch (ReflectiveOperationException | RuntimeException ex) {
            return null;
        }
    }

    private static @Nullable MethodHandle map() {
        try {
            return MethodHandles.privateLookupIn(MapEntriesAppendingMarker.class, MethodHandles.lookup())
                .findGetter(MapEntriesAppendingMarker.class, "map", Map.class);
        }
        catch (ReflectiveOperationException | RuntimeException ex) {
            return null;
        }
    }

}
