package io.observability.starter.tracing;

import java.util.Set;

import io.micrometer.observation.transport.RequestReplyReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a span of a served request says from one web stack's observation context.
 * Implementations are thread-safe.
 *
 * @param <C> the type of the context
 * @since 0.1.0
 */
public interface ServerRequestReader<C extends RequestReplyReceiverContext<?, ?>> {

    /**
     * Type of the contexts that are read.
     * @return the type
     */
    Class<C> contextType();

    /**
     * Method of the request, as it was received.
     * @param context the context
     * @return the method
     */
    String method(C context);

    /**
     * Path of the request, as it was received and without the query.
     * @param context the context
     * @return the path
     */
    String path(C context);

    /**
     * Scheme of the request.
     * @param context the context
     * @return {@code http} or {@code https}
     */
    @Nullable String scheme(C context);

    /**
     * Template of the route that matched.
     * @param context the context
     * @return the template, or {@code null} if none matched
     */
    @Nullable String route(C context);

    /**
     * Status of the response.
     * @param context the context
     * @return the status, or 0 if there was none
     */
    int status(C context);

    /**
     * Names of key-values of the observation that a span does not repeat.
     * @return the names
     */
    Set<String> omittedKeys();

}
