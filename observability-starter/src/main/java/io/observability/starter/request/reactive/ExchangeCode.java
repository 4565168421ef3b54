package io.observability.starter.request.reactive;

import io.observability.starter.request.RequestTimes;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * The code that a request of WebFlux is counted by.
 *
 * @since 0.1.0
 */
public final class ExchangeCode {

    private ExchangeCode() {
    }

    /**
     * Code of a request that has ended.
     * @param context what is known of the request
     * @return the status, or what the end makes of it: an exception that escapes leaves
     * the status as it was if the answer had begun
     */
    public static int of(ServerRequestObservationContext context) {
        if (context.isConnectionAborted()) {
            return RequestTimes.CLIENT_GONE;
        }
        int status = status(context);
        return (context.getError() != null && status < HttpStatus.BAD_REQUEST.value())
                ? HttpStatus.INTERNAL_SERVER_ERROR.value() : status;
    }

    /**
     * Status of the answer.
     * @param context what is known of the request
     * @return the status, which nobody has to set for it to be 200
     */
    public static int status(ServerRequestObservationContext context) {
        ServerHttpResponse response = context.getResponse();
        if (response == null) {
            return 0;
        }
        HttpStatusCode status = response.getStatusCode();
        return (status != null) ? status.value() : HttpStatus.OK.value();
    }

}
