package io.observability.starter.tracing.reactive;

import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;

/**
 * Spring's names and values for a request cost more than all that is recorded of it, and
 * nobody reads them here: there is the name alone.
 */
final class PlainRequestConvention implements ServerRequestObservationConvention {

    @Override
    public String getName() {
        return "http.server.requests";
    }

}
