package io.observability.starter.logging.line;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;

/**
 * Reads the components of a record, also of one that is not public.
 */
final class RecordParts {

    private RecordParts() {
    }

    static @Nullable Object read(Record value, RecordComponent component) {
        Method accessor = component.getAccessor();
        try {
            if (!accessor.canAccess(value) && !accessor.trySetAccessible()) {
                return "[not open to logging]";
            }
            return accessor.invoke(value);
        }
        catch (InvocationTargetException ex) {
            Throwable cause = ex.getCause();
            return "[FAILED " + ((cause != null) ? cause : ex).getClass().getName() + "]";
        }
        catch (IllegalAccessException ex) {
            return "[FAILED " + ex.getClass().getName() + "]";
        }
    }

}
