package io.observability.starter.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries the request id, and nothing else of the MDC: trace and span ids follow the
 * observation, and would go stale if they were copied beside it.
 */
final class RequestIdThreadLocalAccessor implements ThreadLocalAccessor<String> {

    @Override
    public Object key() {
        return RequestIds.ATTRIBUTE;
    }

    @Override
    public @Nullable String getValue() {
        return RequestIds.current();
    }

    @Override
    public void setValue(String value) {
        MDC.put(ContextField.REQUEST_ID.key(), value);
    }

    @Override
    public void setValue() {
        MDC.remove(ContextField.REQUEST_ID.key());
    }

}
