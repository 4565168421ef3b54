package io.observability.starter.call.servlet;

import org.springframework.http.client.observation.ClientRequestObservationConvention;

/**
 * Has Spring's name and no key-values: who reads a call reads the call.
 *
 * @since 0.1.0
 */
public final class RestCallConvention implements ClientRequestObservationConvention {

    @Override
    public String getName() {
        return "http.client.requests";
    }

}
