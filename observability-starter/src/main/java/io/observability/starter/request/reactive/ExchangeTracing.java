package io.observability.starter.request.reactive;

import io.observability.starter.request.RequestListener;
import io.observability.starter.request.RequestTimes;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Traces the requests that WebFlux serves, without the handlers of observations that the
 * application has. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface ExchangeTracing {

    /**
     * Trace what a handler of requests serves.
     * @param builder builds the handler
     * @param times measures the requests, {@code null} to measure nothing
     * @param listener is told of the requests
     */
    void trace(WebHttpHandlerBuilder builder, @Nullable RequestTimes times, RequestListener listener);

}
