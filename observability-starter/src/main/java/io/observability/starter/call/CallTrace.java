package io.observability.starter.call;

import java.net.URI;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Trace of one call, recorded or not. May be used by one thread after the other.
 *
 * @since 0.1.0
 */
public interface CallTrace {

    /**
     * Make the call's span current on this thread.
     * @return the scope, to be closed on the same thread
     */
    Scope open();

    /**
     * Tell of something that happened during the call.
     * @param name its name
     */
    void event(String name);

    /**
     * End the call. To be called once.
     * @param context the observation of the call, with its error and with what the
     * application has added
     * @param method its method
     * @param uri what was called
     * @param template template of the URI, {@code null} if there is none
     * @param code status code, or {@link CallTimes#NO_ANSWER}
     */
    void end(Observation.Context context, @Nullable String method, @Nullable URI uri, @Nullable String template,
            int code);

    /**
     * Time in which a thread works for the call.
     */
    @FunctionalInterface
    interface Scope extends AutoCloseable {

        @Override
        void close();

    }

}
