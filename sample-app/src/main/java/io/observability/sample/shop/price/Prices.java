package io.observability.sample.shop.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The price list.
 */
@Service
@ConditionalOnRole(Role.SHOP)
public class Prices {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final JdbcClient jdbc;

    Prices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Find the price of a product.
     * @param productId the product
     * @return the price, if there is such a product
     */
    public Optional<Price> find(long productId) {
        return this.jdbc.sql("select amount, currency, discount_percent from price where product_id = ?")
            .param(productId)
            .query(Price.class)
            .optional()
            .map(Prices::reduced);
    }

    /**
     * The price of a product that is known to exist.
     * @param productId the product
     * @return the price
     */
    public Price of(long productId) {
        return find(productId).orElseThrow(() -> new IllegalStateException("Product " + productId + " has no price"));
    }

    private static Price reduced(Price list) {
        BigDecimal share = HUNDRED.subtract(BigDecimal.valueOf(list.discountPercent()));
        return new Price(list.amount().multiply(share).divide(HUNDRED, 2, RoundingMode.HALF_UP), list.currency(),
                list.discountPercent());
    }

}
