package io.observability.sample.shop.inventory;

import java.util.UUID;

import io.observability.sample.shop.inventory.message.Reservation;
import io.observability.sample.shop.inventory.message.StockLevel;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inventory over HTTP.
 */
@RestController
@RequestMapping("/api/inventory")
@ConditionalOnRole(Role.INVENTORY)
class InventoryController {

    private static final Logger LOGGER = LoggerFactory.getLogger(InventoryController.class);

    private final StockLedger ledger;

    InventoryController(StockLedger ledger) {
        this.ledger = ledger;
    }

    @GetMapping("/stock/{productId}")
    StockLevel stock(@PathVariable long productId) {
        int available = this.ledger.available(productId).orElseThrow(() -> new StockNotFoundException(productId));
        return new StockLevel(productId, available);
    }

    @PutMapping("/reservations/{orderId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reserve(@PathVariable UUID orderId, @RequestBody @Valid Reservation reservation) {
        boolean taken;
        try {
            taken = this.ledger.reserve(orderId, reservation.items());
        }
        catch (OutOfStockException ex) {
            LOGGER.atInfo().addKeyValue("order_id", orderId).log("Stock refused: {}", ex.getBody().getDetail());
            throw ex;
        }
        LOGGER.atInfo()
            .addKeyValue("order_id", orderId)
            .log(taken ? "Stock reserved for {} products" : "Stock had been reserved before for {} products",
                    reservation.items().size());
    }

    @DeleteMapping("/reservations/{orderId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable UUID orderId) {
        boolean given = this.ledger.release(orderId);
        LOGGER.atInfo()
            .addKeyValue("order_id", orderId)
            .log(given ? "Reserved stock given back" : "No reserved stock to give back");
    }

}
