package io.observability.sample.shop.inventory.client;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The inventory did not answer, or not with sense.
 */
public class InventoryUnavailableException extends ErrorResponseException {

    InventoryUnavailableException(Throwable cause) {
        super(HttpStatus.SERVICE_UNAVAILABLE, ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
                "Stock can't be asked for at the moment; please try again."), cause);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
    }

}
