package io.observability.sample.shop.order;

import io.micrometer.core.instrument.DistributionSummary;
import io.observability.sample.shop.inventory.client.InventoryUnavailableException;
import io.observability.sample.shop.inventory.client.StockRefusedException;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.metrics.business.ResultCounter;

import org.springframework.stereotype.Component;

/**
 * Orders in numbers: how many, what became of them, and what they are worth.
 */
@Component
@ConditionalOnRole(Role.SHOP)
class OrderMetrics {

    private final ResultCounter<OrderResult> orders;

    private final DistributionSummary value;

    OrderMetrics(BusinessMetrics metrics) {
        this.orders = metrics.counter("shop.orders", "Orders, by what became of them.", OrderResult.class);
        this.value = metrics.histogram("shop.order.value", "Value of the orders placed.", "eur", 20, 50, 200, 500);
    }

    void placed(Order order) {
        this.orders.increment(OrderResult.PLACED);
        this.value.record(order.total().doubleValue());
    }

    void refused(RuntimeException failure) {
        this.orders.increment(result(failure));
    }

    private static OrderResult result(RuntimeException failure) {
        if (failure instanceof StockRefusedException) {
            return OrderResult.OUT_OF_STOCK;
        }
        if (failure instanceof UnknownProductException) {
            return OrderResult.UNKNOWN_PRODUCT;
        }
        return (failure instanceof InventoryUnavailableException) ? OrderResult.UNAVAILABLE : OrderResult.FAILED;
    }

}
