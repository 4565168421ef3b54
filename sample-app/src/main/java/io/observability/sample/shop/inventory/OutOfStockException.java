package io.observability.sample.shop.inventory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * There is not enough of a product.
 */
class OutOfStockException extends ErrorResponseException {

    OutOfStockException(long productId) {
        super(HttpStatus.CONFLICT, problem(productId), null);
    }

    private static ProblemDetail problem(long productId) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
                "There is not enough of product " + productId + " in stock.");
        problem.setTitle("Out of stock");
        problem.setProperty("productId", productId);
        return problem;
    }

}
