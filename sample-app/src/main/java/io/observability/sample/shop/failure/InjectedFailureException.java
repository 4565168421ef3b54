package io.observability.sample.shop.failure;

/**
 * Something went wrong, as it was asked for.
 */
class InjectedFailureException extends RuntimeException {

    InjectedFailureException(String message) {
        super(message);
    }

}
