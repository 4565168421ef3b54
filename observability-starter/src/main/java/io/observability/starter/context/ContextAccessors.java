package io.observability.starter.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;

/**
 * Makes known to context propagation what of ours travels: the request id, the business
 * tags, and the mark of a request that is left out. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ContextAccessors {

    private ContextAccessors() {
    }

    /**
     * Register our accessors unless the registry has one with the same key: the registry
     * of the JVM is shared by all applications in it, and the first is as good as the
     * next.
     * @param registry the registry, as a rule {@link ContextRegistry#getInstance()}
     */
    public static void register(ContextRegistry registry) {
        // Registering replaces an accessor in two steps, between which it is missing.
        synchronized (ContextAccessors.class) {
            registerIfMissing(registry, new RequestIdThreadLocalAccessor());
            registerIfMissing(registry, new BusinessTagsThreadLocalAccessor());
            registerIfMissing(registry, new UnobservedThreadLocalAccessor());
        }
    }

    private static void registerIfMissing(ContextRegistry registry, ThreadLocalAccessor<?> accessor) {
        for (ThreadLocalAccessor<?> existing : registry.getThreadLocalAccessors()) {
            if (existing.key().equals(accessor.key())) {
                return;
            }
        }
        registry.registerThreadLocalAccessor(accessor);
    }

}
