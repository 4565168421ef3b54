package io.observability.sample.shop.inventory.message;

/**
 * How much there is of a product.
 *
 * @param productId the product
 * @param available pieces that can be ordered
 */
public record StockLevel(long productId, int available) {

}
