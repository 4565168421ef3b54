package io.observability.starter.context;

/**
 * Marks the current thread as working on a request that is neither traced nor counted: a
 * probe, a scrape, the console. Whatever starts an observation asks here, so that the
 * children of such a request (a security filter, a query of a health check) are left out
 * as well. Thread-safe; the mark belongs to one thread, and travels with the context.
 *
 * @since 0.1.0
 */
public final class Unobserved {

    /**
     * Key under which the mark travels to other threads, and through the Reactor context,
     * with the value {@code true}.
     */
    public static final String KEY = "io.observability.starter.unobserved";

    private static final ThreadLocal<Boolean> ACTIVE = new ThreadLocal<>();

    private Unobserved() {
    }

    /**
     * Whether the current thread works on a request that is left out.
     * @return whether it does
     */
    public static boolean isActive() {
        return ACTIVE.get() != null;
    }

    /**
     * Begin to leave out what this thread does.
     * @return the scope, to be closed on the same thread; nested scopes are fine
     */
    public static Scope open() {
        if (isActive()) {
            return () -> {
            };
        }
        mark();
        return Unobserved::unmark;
    }

    static void mark() {
        ACTIVE.set(Boolean.TRUE);
    }

    static void unmark() {
        ACTIVE.remove();
    }

    /**
     * Scope of what is left out.
     */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();

    }

}
