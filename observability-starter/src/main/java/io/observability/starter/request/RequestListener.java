package io.observability.starter.request;

import java.util.stream.Stream;

/**
 * Is told of each request that the direct engine observes. Implementations are
 * thread-safe and don't throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestListener {

    /**
     * A request has come in.
     * @param hasSpan whether it has a span, recorded or not
     */
    void begun(boolean hasSpan);

    /**
     * Tell several listeners.
     * @param listeners those that are told, in this order
     * @return one that tells them
     */
    static RequestListener all(Stream<RequestListener> listeners) {
        RequestListener[] all = listeners.toArray(RequestListener[]::new);
        return (hasSpan) -> {
            for (RequestListener listener : all) {
                listener.begun(hasSpan);
            }
        };
    }

}
