package io.observability.sample.shop.order;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.observability.sample.shop.inventory.client.InventoryClient;
import io.observability.sample.shop.inventory.client.InventoryUnavailableException;
import io.observability.sample.shop.inventory.message.ReservationItem;
import io.observability.sample.shop.price.Price;
import io.observability.sample.shop.price.Prices;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import io.observability.starter.context.BusinessTags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.stereotype.Service;

/**
 * Takes orders: prices them, has their stock reserved, keeps them, and has them
 * confirmed. An order that can't be kept gives its stock back.
 */
@Service
@ConditionalOnRole(Role.SHOP)
class OrderDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderDesk.class);

    private static final BigDecimal LARGE = BigDecimal.valueOf(100);

    private final Prices prices;

    private final InventoryClient inventory;

    private final OrderRepository orders;

    private final OrderConfirmation confirmation;

    private final OrderMetrics metrics;

    private final Clock clock = Clock.systemUTC();

    OrderDesk(Prices prices, InventoryClient inventory, OrderRepository orders, OrderConfirmation confirmation,
            OrderMetrics metrics) {
        this.prices = prices;
        this.inventory = inventory;
        this.orders = orders;
        this.confirmation = confirmation;
        this.metrics = metrics;
    }

    Order place(NewOrder request) {
        Order order;
        try {
            order = accept(request);
        }
        catch (RuntimeException ex) {
            this.metrics.refused(ex);
            throw ex;
        }
        this.metrics.placed(order);
        confirm(order);
        return order;
    }

    private Order accept(NewOrder request) {
        Order order = price(request);
        // On each line of the order from here on, the confirmation's and the access line
        // too.
        BusinessTags.put("basket", (order.total().compareTo(LARGE) >= 0) ? "large" : "small");
        reserve(order);
        try {
            this.orders.insert(order);
        }
        catch (RuntimeException ex) {
            giveBack(order);
            throw ex;
        }
        LOGGER.atInfo()
            .addKeyValue("order_id", order.id())
            .addKeyValue("total", order.total())
            .log("Order placed: {} products for {} {}", order.lines().size(), order.total(), order.currency());
        return order;
    }

    private void confirm(Order order) {
        try {
            this.confirmation.send(order);
        }
        catch (TaskRejectedException ex) {
            LOGGER.warn("Order {} stands, but nobody is free to confirm it", order.id());
        }
    }

    private Order price(NewOrder request) {
        Map<Long, Integer> quantities = new TreeMap<>();
        request.items().forEach((item) -> quantities.merge(item.productId(), item.quantity(), Math::addExact));
        List<OrderLine> lines = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        String currency = "EUR";
        for (Map.Entry<Long, Integer> wanted : quantities.entrySet()) {
            Price price = this.prices.find(wanted.getKey())
                .orElseThrow(() -> new UnknownProductException(wanted.getKey()));
            lines.add(new OrderLine(wanted.getKey(), wanted.getValue(), price.amount()));
            total = total.add(price.amount().multiply(BigDecimal.valueOf(wanted.getValue())));
            currency = price.currency();
        }
        return new Order(UUID.randomUUID(), request.email(), total, currency,
                this.clock.instant().truncatedTo(ChronoUnit.MILLIS), List.copyOf(lines));
    }

    private void reserve(Order order) {
        List<ReservationItem> items = order.lines()
            .stream()
            .map((line) -> new ReservationItem(line.productId(), line.quantity()))
            .toList();
        try {
            this.inventory.reserve(order.id(), items);
        }
        catch (InventoryUnavailableException ex) {
            // No answer is not a no: the stock may be reserved.
            LOGGER.warn("Order {} refused, the inventory gave no answer: {}", order.id(),
                    String.valueOf(ex.getCause()));
            giveBack(order);
            throw ex;
        }
    }

    private void giveBack(Order order) {
        try {
            this.inventory.release(order.id());
        }
        catch (InventoryUnavailableException ex) {
            LOGGER.error("Stock of order {} could not be given back", order.id(), ex);
        }
    }

}
