package io.observability.sample.shop.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order that was placed; its stock is reserved.
 *
 * @param id number of the order
 * @param email where the confirmation goes
 * @param total sum of all lines
 * @param currency ISO 4217 code
 * @param placedAt when it was placed
 * @param lines products, by their numbers
 */
record Order(UUID id, String email, BigDecimal total, String currency, Instant placedAt, List<OrderLine> lines) {

}
