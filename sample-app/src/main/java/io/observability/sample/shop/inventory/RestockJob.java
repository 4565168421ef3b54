package io.observability.sample.shop.inventory;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.metrics.business.RefreshedGauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The van that comes now and then and fills up what runs low.
 */
@Component
@ConditionalOnRole(Role.INVENTORY)
class RestockJob {

    private static final Logger LOGGER = LoggerFactory.getLogger(RestockJob.class);

    private final StockLedger ledger;

    private final InventoryProperties properties;

    private final RefreshedGauge stock;

    RestockJob(StockLedger ledger, InventoryProperties properties, BusinessMetrics metrics) {
        this.ledger = ledger;
        this.properties = properties;
        // A van that has missed two visits leaves nobody who knows.
        this.stock = metrics.gauge("shop.stock.units", "Units in stock after the last visit of the van.",
                properties.restockInterval().multipliedBy(3));
    }

    @Scheduled(initialDelayString = "${shop.inventory.restock-interval:30s}",
            fixedDelayString = "${shop.inventory.restock-interval:30s}")
    void restock() {
        int products = this.ledger.restock();
        if (products > 0) {
            LOGGER.info("Restocked {} products", products);
        }
        else {
            LOGGER.debug("Nothing to restock");
        }
        this.stock.set(this.ledger.units());
        int reservations = this.ledger.forget(this.properties.reservationRetention());
        LOGGER.debug("Forgot {} old reservations", reservations);
    }

}
