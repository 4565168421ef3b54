package io.observability.starter.call.reactive;

import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;

/**
 * Has Spring's name and no key-values: who reads a call reads the call.
 *
 * @since 0.1.0
 */
public final class WebCallConvention implements ClientRequestObservationConvention {

    @Override
    public String getName() {
        return "http.client.requests";
    }

}
