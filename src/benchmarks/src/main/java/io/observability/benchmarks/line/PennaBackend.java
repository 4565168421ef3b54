package io.observability.benchmarks.line;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/**
 * Penna, as it comes. It writes to standard output and has no way to say otherwise, so
 * its channels are replaced by reflection: it needs a newer Java than this code is
 * compiled for.
 */
final class PennaBackend implements LineBackend {

    PennaBackend(LineRow row, LineSink sink) throws ReflectiveOperationException {
        Object pool = field(Class.forName("penna.core.logger.guard.LevelGuard$Shared"), "logUnits").get(null);
        for (Object unit : (Object[]) value(pool, "objectGroup")) {
            Object generator = value(value(unit, "sink"), "jsonGenerator");
            field(generator.getClass(), "channel").set(generator, new SinkChannel(sink));
        }
    }

    private static Object value(Object owner, String name) throws ReflectiveOperationException {
        return Objects.requireNonNull(field(owner.getClass(), name).get(owner));
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @Override
    public void close() {
    }

    private record SinkChannel(LineSink sink) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) {
            int length = source.remaining();
            this.sink.write(source);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
        }

    }

}
