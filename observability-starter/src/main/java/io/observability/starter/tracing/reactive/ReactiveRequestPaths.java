package io.observability.starter.tracing.reactive;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.observability.starter.tracing.UntracedPaths;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Leaves WebFlux requests out of observation by their path. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ReactiveRequestPaths implements ObservationPredicate {

    private final UntracedPaths untraced;

    /**
     * Create a predicate.
     * @param untraced the paths that are left out
     */
    public ReactiveRequestPaths(UntracedPaths untraced) {
        this.untraced = untraced;
    }

    @Override
    public boolean test(String name, Observation.Context context) {
        if (context instanceof ServerRequestObservationContext serverContext) {
            ServerHttpRequest request = serverContext.getCarrier();
            return request == null || !this.untraced.contains(request.getPath().pathWithinApplication().value());
        }
        return true;
    }

}
