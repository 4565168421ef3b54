package io.observability.starter.context;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Time in which a thread works for a request: the request's id and its business tags are
 * part of what it logs. For one thread.
 *
 * @since 0.1.0
 */
public final class RequestIdScope implements AutoCloseable {

    private static final String KEY = ContextField.REQUEST_ID.key();

    private final BusinessTags.Scope tags;

    private final @Nullable String previous;

    private RequestIdScope(BusinessTags.Scope tags, @Nullable String previous) {
        this.tags = tags;
        this.previous = previous;
    }

    /**
     * Begin the time.
     * @param id id of the request
     * @param tags tags of the request
     * @return the scope, to be closed on the same thread
     */
    public static RequestIdScope open(String id, RequestTags tags) {
        String previous = MDC.get(KEY);
        MDC.put(KEY, id);
        return new RequestIdScope(BusinessTags.open(tags), previous);
    }

    @Override
    public void close() {
        this.tags.close();
        if (this.previous != null) {
            MDC.put(KEY, this.previous);
        }
        else {
            MDC.remove(KEY);
        }
    }

}
