package io.observability.starter.metrics.reactive;

import io.observability.starter.call.CallTimes;
import io.observability.starter.call.reactive.WebCallReader;
import io.observability.starter.metrics.CallMeterHandler;

import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

/**
 * Records the calls that <code>WebClient</code> makes, where Spring observes them.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebClientMeterHandler extends CallMeterHandler<ClientRequestObservationContext> {

    /**
     * Create a handler.
     * @param times where the calls are recorded
     */
    public WebClientMeterHandler(CallTimes times) {
        super(new WebCallReader(), times);
    }

}
