package io.observability.starter.request;

/**
 * Is told of each request that the direct engine observes on WebFlux. Implementations are
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

}
