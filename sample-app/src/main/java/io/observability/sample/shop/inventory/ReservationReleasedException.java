package io.observability.sample.shop.inventory;

import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The order's reservation was given up before.
 */
class ReservationReleasedException extends ErrorResponseException {

    ReservationReleasedException(UUID orderId) {
        super(HttpStatus.GONE, ProblemDetail.forStatusAndDetail(HttpStatus.GONE,
                "The reservation of order " + orderId + " has been released."), null);
    }

}
