package io.observability.sample.shop.inventory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The inventory does not know the product.
 */
class StockNotFoundException extends ErrorResponseException {

    StockNotFoundException(long productId) {
        super(HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
                "The inventory does not know product " + productId + "."), null);
    }

}
