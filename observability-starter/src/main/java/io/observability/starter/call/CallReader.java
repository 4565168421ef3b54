package io.observability.starter.call;

import java.net.URI;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Reads one client's observation of a call. Implementations are thread-safe.
 *
 * @param <C> the type of the observation's context
 * @since 0.1.0
 */
public interface CallReader<C extends Observation.Context> {

    /**
     * Type of the contexts that are read.
     * @return the type
     */
    Class<C> contextType();

    /**
     * Headers of a call that has not been sent yet.
     * @param context the context
     * @return the headers
     */
    CallHeaders headers(C context);

    /**
     * Method of the call.
     * @param context the context
     * @return the method
     */
    @Nullable String method(C context);

    /**
     * What is called.
     * @param context the context
     * @return the URI
     */
    @Nullable URI uri(C context);

    /**
     * Path of the template that the URI was made from.
     * @param context the context
     * @return the path, {@code null} if there is no template
     * @see UriTemplate#path
     */
    @Nullable String route(C context);

    /**
     * Status of the answer.
     * @param context the context
     * @return the status, or {@link CallTimes#NO_ANSWER}
     */
    int status(C context);

    /**
     * Keep the trace of a call with its observation.
     * @param context the context
     * @param headers what {@link #headers} gave for it
     * @param trace the trace
     */
    default void keep(C context, CallHeaders headers, CallTrace trace) {
        context.put(CallTrace.class, trace);
    }

    /**
     * Trace that was kept.
     * @param context the context
     * @return the trace, {@code null} if there is none
     */
    default @Nullable CallTrace kept(C context) {
        return context.get(CallTrace.class);
    }

}
