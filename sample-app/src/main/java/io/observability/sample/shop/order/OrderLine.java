package io.observability.sample.shop.order;

import java.math.BigDecimal;

/**
 * Pieces of one product at the price of the day.
 *
 * @param productId the product
 * @param quantity how many pieces
 * @param unitPrice price of one piece
 */
record OrderLine(long productId, int quantity, BigDecimal unitPrice) {

}
