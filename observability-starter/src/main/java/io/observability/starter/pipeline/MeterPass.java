package io.observability.starter.pipeline;

import java.util.IdentityHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One pass over the meters on one thread, such as a scrape. What several meters are read
 * from is read once within it: that they are of the same moment, {@code made = written +
 * queued + lost} holds in each scrape, and that reading costs once. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class MeterPass implements AutoCloseable {

    private static final ThreadLocal<@Nullable MeterPass> CURRENT = new ThreadLocal<>();

    private final @Nullable MeterPass before;

    private final IdentityHashMap<Supplier<?>, Object> readings = new IdentityHashMap<>();

    private MeterPass(@Nullable MeterPass before) {
        this.before = before;
    }

    /**
     * Begin a pass.
     * @return the pass, to be closed on the same thread
     */
    public static MeterPass begin() {
        MeterPass pass = new MeterPass(CURRENT.get());
        CURRENT.set(pass);
        return pass;
    }

    @Override
    public void close() {
        CURRENT.set(this.before);
    }

    /**
     * Have a source read once in a pass, and each time where there is none.
     * @param <T> type of what is read
     * @param source reads; not {@code null}
     * @return what gives the reading
     */
    public static <T> Supplier<T> once(Supplier<T> source) {
        return new Reading<>(source);
    }

    private static final class Reading<T> implements Supplier<T> {

        private final Supplier<T> source;

        Reading(Supplier<T> source) {
            this.source = source;
        }

        @Override
        @SuppressWarnings("unchecked") // Put there below.
        public T get() {
            MeterPass pass = CURRENT.get();
            if (pass == null) {
                return this.source.get();
            }
            Object known = pass.readings.get(this);
            if (known != null) {
                return (T) known;
            }
            T read = this.source.get();
            pass.readings.put(this, read);
            return read;
        }

    }

}
