package io.observability.starter.logging.delivery;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The safety net for lines that are queued when the JVM ends and nobody closes. One hook
 * for all open deliveries, which is gone with the last of them, so that it holds on to no
 * class loader. Once it runs, each line's caller waits until it is written, since the
 * writer may be halted at any moment.
 */
final class ShutdownFlush {

    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final Set<LineDelivery> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

    private static @Nullable Thread hook;

    private static volatile boolean begun;

    private ShutdownFlush() {
    }

    static boolean hasBegun() {
        return begun;
    }

    static void add(LineDelivery delivery) {
        LOCK.lock();
        try {
            OPEN.add(delivery);
            if (hook == null) {
                Thread thread = new Thread(ShutdownFlush::flushAll, "observability-log-flush");
                Runtime.getRuntime().addShutdownHook(thread);
                hook = thread;
            }
        }
        catch (IllegalStateException ex) {
            // The JVM ends already.
            begun = true;
        }
        finally {
            LOCK.unlock();
        }
    }

    static void remove(LineDelivery delivery) {
        LOCK.lock();
        try {
            OPEN.remove(delivery);
            Thread thread = hook;
            if (OPEN.isEmpty() && thread != null && !begun) {
                hook = null;
                Runtime.getRuntime().removeShutdownHook(thread);
            }
        }
        catch (IllegalStateException ex) {
            // The hook runs, or is about to.
        }
        finally {
            LOCK.unlock();
        }
    }

    private static void flushAll() {
        begun = true;
        for (LineDelivery delivery : open()) {
            delivery.flushAtExit();
        }
    }

    private static List<LineDelivery> open() {
        LOCK.lock();
        try {
            return List.copyOf(OPEN);
        }
        finally {
            LOCK.unlock();
        }
    }

}
