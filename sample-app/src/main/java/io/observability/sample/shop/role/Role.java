package io.observability.sample.shop.role;

/**
 * What a process does.
 */
public enum Role {

    /** Shows products and takes orders. */
    SHOP,

    /** Keeps the stock and reserves it for orders. */
    INVENTORY

}
