package io.observability.sample.shop.order;

import java.time.Clock;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes old orders, so that a shop that runs for days does not grow.
 */
@Component
@ConditionalOnRole(Role.SHOP)
class OrderArchive {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderArchive.class);

    private final OrderRepository orders;

    private final OrderProperties properties;

    private final Clock clock = Clock.systemUTC();

    OrderArchive(OrderRepository orders, OrderProperties properties) {
        this.orders = orders;
        this.properties = properties;
    }

    @Scheduled(initialDelayString = "1m", fixedDelayString = "1m")
    void removeOldOrders() {
        int removed = this.orders.deletePlacedBefore(this.clock.instant().minus(this.properties.retention()));
        LOGGER.debug("Removed {} old orders", removed);
    }

}
