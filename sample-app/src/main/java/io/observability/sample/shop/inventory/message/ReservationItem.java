package io.observability.sample.shop.inventory.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Pieces of one product.
 *
 * @param productId the product
 * @param quantity how many pieces, from 1 to 100,000
 */
public record ReservationItem(long productId, @Min(1) @Max(100_000) int quantity) {

}
