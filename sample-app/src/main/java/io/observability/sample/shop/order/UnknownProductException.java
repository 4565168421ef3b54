package io.observability.sample.shop.order;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * An order names a product that is not sold.
 */
class UnknownProductException extends ErrorResponseException {

    UnknownProductException(long productId) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, problem(productId), null);
    }

    private static ProblemDetail problem(long productId) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT,
                "Product " + productId + " is not sold here.");
        problem.setProperty("productId", productId);
        return problem;
    }

}
