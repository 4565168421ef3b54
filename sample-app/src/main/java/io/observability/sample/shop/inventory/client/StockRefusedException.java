package io.observability.sample.shop.inventory.client;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The inventory has not enough of what an order needs.
 */
public class StockRefusedException extends ErrorResponseException {

    StockRefusedException(@Nullable ProblemDetail answer) {
        super(HttpStatus.CONFLICT, problem(answer), null);
    }

    private static ProblemDetail problem(@Nullable ProblemDetail answer) {
        ProblemDetail problem = (answer != null) ? answer : ProblemDetail.forStatus(HttpStatus.CONFLICT);
        // The address within the inventory is of no use to a customer.
        problem.setInstance(null);
        return problem;
    }

}
