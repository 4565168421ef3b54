package io.observability.starter.metrics.servlet;

import io.observability.starter.call.CallTimes;
import io.observability.starter.call.servlet.RestCallReader;
import io.observability.starter.metrics.CallMeterHandler;

import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Records the calls that <code>RestClient</code> and <code>RestTemplate</code> make,
 * where Spring observes them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RestClientMeterHandler extends CallMeterHandler<ClientRequestObservationContext> {

    /**
     * Create a handler.
     * @param times where the calls are recorded
     */
    public RestClientMeterHandler(CallTimes times) {
        super(new RestCallReader(), times);
    }

}
