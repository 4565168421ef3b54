package io.observability.sample.shop.order;

/**
 * What becomes of an order.
 */
enum OrderResult {

    /** It stands. */
    PLACED,

    /** There is not enough of something. */
    OUT_OF_STOCK,

    /** Something is not sold. */
    UNKNOWN_PRODUCT,

    /** The inventory gave no answer. */
    UNAVAILABLE,

    /** Anything else. */
    FAILED

}
