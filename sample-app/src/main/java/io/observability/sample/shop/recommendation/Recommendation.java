package io.observability.sample.shop.recommendation;

/**
 * A product that a customer may like as well.
 *
 * @param id number of the product
 * @param name its name
 */
public record Recommendation(long id, String name) {

}
