package io.observability.starter.tracing.reactive;

import java.util.Set;

import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Spring's convention for WebFlux, but with the span's name as OpenTelemetry's semantic
 * conventions have it: method and route, or the method alone where no route matched.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class SemanticRequestConvention extends DefaultServerRequestObservationConvention {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS",
            "TRACE", "PATCH");

    /**
     * Create a convention.
     * @param name name of the observation
     */
    public SemanticRequestConvention(String name) {
        super(name);
    }

    @Override
    public String getContextualName(ServerRequestObservationContext context) {
        String received = ReactiveRequestReader.request(context).getMethod().name();
        String method = METHODS.contains(received) ? received : "HTTP";
        String route = context.getPathPattern();
        return (route != null) ? method + " " + route : method;
    }

}
