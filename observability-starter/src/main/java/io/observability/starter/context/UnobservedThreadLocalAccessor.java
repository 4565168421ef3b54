package io.observability.starter.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the mark of a request that is left out, so that what such a request does on
 * another thread is left out as well.
 */
final class UnobservedThreadLocalAccessor implements ThreadLocalAccessor<Boolean> {

    @Override
    public Object key() {
        return Unobserved.KEY;
    }

    @Override
    public @Nullable Boolean getValue() {
        return Unobserved.isActive() ? Boolean.TRUE : null;
    }

    @Override
    public void setValue(Boolean value) {
        Unobserved.mark();
    }

    @Override
    public void setValue() {
        Unobserved.unmark();
    }

}
