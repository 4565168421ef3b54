package io.observability.starter.context;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which request an exception escaped from, so that the line a container logs
 * for it after the request's scope was closed still carries the request's ids. The ids
 * hang on the exception, weakly, and not on the thread: nothing can stay behind on a
 * pooled thread, whatever the container does.
 * <p>
 * At most 4096 exceptions are remembered; the oldest gives way to the newest, which is
 * the one that is about to be logged. Thread-safe. Logging asks before there is an
 * application context, hence static.
 *
 * @since 0.1.0
 */
public final class FailureContexts {

    static final int MAX_REMEMBERED = 4096;

    static final int MAX_CAUSES = 16;

    private static final Map<Key, Map<String, String>> REMEMBERED = new ConcurrentHashMap<>();

    // A ring of what is remembered, so that an application that keeps its exceptions
    // cannot fill the map for good.
    private static final AtomicReferenceArray<@Nullable Key> RING = new AtomicReferenceArray<>(MAX_REMEMBERED);

    private static final AtomicInteger NEXT = new AtomicInteger();

    private static final ReferenceQueue<Throwable> COLLECTED = new ReferenceQueue<>();

    private FailureContexts() {
    }

    /**
     * Remember an exception and its causes, in place of what was remembered of them on
     * this thread.
     * @param failure the exception that leaves the request
     * @param context the request's fields, by name of the log field
     */
    public static void remember(Throwable failure, Map<String, String> context) {
        expunge();
        Map<String, String> copy = Map.copyOf(context);
        Throwable current = failure;
        for (int i = 0; current != null && i < MAX_CAUSES; i++) {
            Key key = new Key(current, COLLECTED);
            if (REMEMBERED.put(key, copy) == null) {
                makeRoomFor(key);
            }
            current = (current.getCause() != current) ? current.getCause() : null;
        }
    }

    /**
     * Find the request that an exception escaped from on this thread.
     * @param failure the exception that is being logged
     * @return the request's fields, or {@code null}
     */
    public static @Nullable Map<String, String> find(@Nullable Throwable failure) {
        if (failure == null || REMEMBERED.isEmpty()) {
            return null;
        }
        return REMEMBERED.get(new Key(failure, null));
    }

    static int size() {
        expunge();
        return REMEMBERED.size();
    }

    private static void makeRoomFor(Key key) {
        int slot = Math.floorMod(NEXT.getAndIncrement(), MAX_REMEMBERED);
        Key oldest = RING.getAndSet(slot, key);
        if (oldest != null) {
            REMEMBERED.remove(oldest);
        }
    }

    private static void expunge() {
        for (Object key = COLLECTED.poll(); key != null; key = COLLECTED.poll()) {
            REMEMBERED.remove(key);
        }
    }

    /**
     * Identity of an exception together with the thread it escaped on: an exception
     * object that several requests share (one made once, without a stack trace) must not
     * lend one request's ids to another.
     */
    private static final class Key extends WeakReference<Throwable> {

        private final int hash;

        // The number and not the thread, which would stay reachable from here.
        private final long thread;

        Key(Throwable failure, @Nullable ReferenceQueue<Throwable> queue) {
            super(failure, queue);
            this.thread = threadId();
            this.hash = System.identityHashCode(failure) * 31 + Long.hashCode(this.thread);
        }

        @SuppressWarnings("deprecation")
        private static long threadId() {
            return Thread.currentThread().getId();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            return other instanceof Key key && key.thread == this.thread && get() != null && key.get() == get();
        }

        @Override
        public int hashCode() {
            return this.hash;
        }

    }

}
