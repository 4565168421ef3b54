package io.observability.sample.shop.catalog;

/**
 * A shirt.
 *
 * @param id number of the product
 * @param sku what the warehouse calls it
 * @param name what customers call it
 * @param category kind of shirt, in lower case
 * @param colour colour
 */
public record Product(long id, String sku, String name, String category, String colour) {

}
