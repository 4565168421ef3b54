package io.observability.starter.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Values by name, made when they are first asked for, and no more of them than there is
 * room. Above that all names share one value. Looking up a name that is known allocates
 * nothing and takes no lock. Thread-safe.
 *
 * @param <V> the type of the values
 */
final class BoundedTable<V> {

    /** Longer names are none that somebody wrote down as a template. */
    private static final int MAX_LENGTH = 256;

    private final Map<String, V> values = new ConcurrentHashMap<>();

    private final AtomicInteger room;

    private final Function<String, V> maker;

    private final Consumer<String> onOverflow;

    private volatile @Nullable V overflow;

    /**
     * Create a table.
     * @param room how many names may still get a value; tables may share it
     * @param maker makes the value of a name
     * @param onOverflow told each look-up of a name that found no room
     */
    BoundedTable(AtomicInteger room, Function<String, V> maker, Consumer<String> onOverflow) {
        this.room = room;
        this.maker = maker;
        this.onOverflow = onOverflow;
    }

    V get(String name) {
        V value = this.values.get(name);
        return (value != null) ? value : add(name);
    }

    private V add(String name) {
        if (LabelValue.isReserved(name)) {
            return this.values.computeIfAbsent(name, this.maker);
        }
        if (name.length() > MAX_LENGTH || this.room.get() <= 0) {
            return overflow(name);
        }
        synchronized (this) {
            V value = this.values.get(name);
            if (value != null) {
                return value;
            }
            if (this.room.getAndDecrement() <= 0) {
                this.room.incrementAndGet();
                return overflow(name);
            }
            value = this.maker.apply(name);
            this.values.put(name, value);
            return value;
        }
    }

    private V overflow(String name) {
        this.onOverflow.accept(name);
        V value = this.overflow;
        if (value == null) {
            value = this.values.computeIfAbsent(LabelValue.OTHER, this.maker);
            this.overflow = value;
        }
        return value;
    }

}
