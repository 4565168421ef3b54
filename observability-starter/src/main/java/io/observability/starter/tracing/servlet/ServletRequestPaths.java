package io.observability.starter.tracing.servlet;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.observability.starter.tracing.UntracedPaths;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Leaves requests out of observation by their path, whoever observes them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServletRequestPaths implements ObservationPredicate {

    private final UntracedPaths untraced;

    /**
     * Create a predicate.
     * @param untraced the paths that are left out
     */
    public ServletRequestPaths(UntracedPaths untraced) {
        this.untraced = untraced;
    }

    @Override
    public boolean test(String name, Observation.Context context) {
        if (context instanceof ServerRequestObservationContext serverContext) {
            HttpServletRequest request = serverContext.getCarrier();
            return request == null || !this.untraced.contains(of(request));
        }
        return true;
    }

    static String of(HttpServletRequest request) {
        String path = request.getRequestURI();
        String contextPath = request.getContextPath();
        return path.startsWith(contextPath) ? path.substring(contextPath.length()) : path;
    }

}
