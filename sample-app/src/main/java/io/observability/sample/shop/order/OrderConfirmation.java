package io.observability.sample.shop.order;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import io.observability.starter.metrics.business.CountedByResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/**
 * Tells the customer that the order stands, after the customer has got the answer.
 */
@Component
@ConditionalOnRole(Role.SHOP)
class OrderConfirmation {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderConfirmation.class);

    @Async
    @CountedByResult(value = "shop.order.confirmations", description = "Confirmations of orders, by result.")
    void send(Order order) {
        LOGGER.atInfo().addKeyValue("order_id", order.id()).log("Order confirmation sent to {}", masked(order.email()));
    }

    static String masked(String email) {
        return email.charAt(0) + "***" + email.substring(email.lastIndexOf('@'));
    }

}
