package io.observability.starter.call;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Traces the calls that this process makes. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface CallTracing {

    /**
     * Begin the trace of a call, and tell whom it goes to.
     * @param context the observation of the call, with its parent
     * @param method its method, {@code null} if it is not known yet
     * @param headers takes the ids
     * @return a trace for this call alone, which is not current on any thread yet
     */
    CallTrace begin(Observation.Context context, @Nullable String method, CallHeaders headers);

    /**
     * Have no span current on this thread for a while.
     * @return a scope for this time alone, to be closed on the same thread
     */
    CallTrace.Scope leave();

}
