package io.observability.sample.shop.price;

import java.math.BigDecimal;

/**
 * What a product costs today.
 *
 * @param amount price of one piece, reductions taken off
 * @param currency ISO 4217 code
 * @param discountPercent reduction that is contained, in percent
 */
public record Price(BigDecimal amount, String currency, int discountPercent) {

}
