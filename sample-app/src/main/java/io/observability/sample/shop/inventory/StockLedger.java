package io.observability.sample.shop.inventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.observability.sample.shop.inventory.message.ReservationItem;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stock and reservations. A reservation is all or nothing, never takes what is not there,
 * and counts once however often the same order asks for it; one that was released stays
 * released, even if the release overtook it. Thread-safe across processes: the database
 * decides.
 */
@Repository
@ConditionalOnRole(Role.INVENTORY)
class StockLedger {

    private final JdbcClient jdbc;

    private final TransactionTemplate transaction;

    private final Clock clock = Clock.systemUTC();

    StockLedger(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    Optional<Integer> available(long productId) {
        return this.jdbc.sql("select available from stock where product_id = ?")
            .param(productId)
            .query(Integer.class)
            .optional();
    }

    /**
     * All that is in stock.
     * @return the units
     */
    int units() {
        return this.jdbc.sql("select coalesce(sum(available), 0) from stock").query(Integer.class).single();
    }

    /**
     * Reserve stock for an order.
     * @param orderId the order
     * @param items what it needs
     * @return whether stock was taken now; {@code false} if the order had it already
     */
    boolean reserve(UUID orderId, List<ReservationItem> items) {
        // Rows are locked in one order by everybody, so that no two orders wait for each
        // other.
        Map<Long, Integer> quantities = new TreeMap<>();
        items.forEach((item) -> quantities.merge(item.productId(), item.quantity(), Math::addExact));
        try {
            this.transaction.executeWithoutResult((status) -> {
                insert(orderId, State.RESERVED);
                quantities.forEach((productId, quantity) -> take(orderId, productId, quantity));
            });
            return true;
        }
        catch (DuplicateKeyException ex) {
            if (state(orderId) == State.RELEASED) {
                throw new ReservationReleasedException(orderId);
            }
            return false;
        }
    }

    /**
     * Give the stock of an order back.
     * @param orderId the order
     * @return whether stock was given back now
     */
    boolean release(UUID orderId) {
        if (giveBack(orderId)) {
            return true;
        }
        try {
            // The reservation may still be on its way: it must find the order closed.
            this.transaction.executeWithoutResult((status) -> insert(orderId, State.RELEASED));
            return false;
        }
        catch (DuplicateKeyException ex) {
            return giveBack(orderId);
        }
    }

    /**
     * Fill up what runs low.
     * @return the number of products filled up
     */
    int restock() {
        // One product a transaction: many at once would be locked in any order.
        int products = 0;
        for (long productId : this.jdbc.sql("select product_id from stock where available < low")
            .query(Long.class)
            .list()) {
            products += this.jdbc.sql("update stock set available = target where product_id = ? and available < low")
                .param(productId)
                .update();
        }
        return products;
    }

    /**
     * Forget reservations that are older than a time.
     * @param age the age
     * @return the number of reservations forgotten
     */
    int forget(Duration age) {
        return this.jdbc.sql("delete from reservation where created_at < ?")
            .param(utc(this.clock.instant().minus(age)))
            .update();
    }

    private void insert(UUID orderId, State state) {
        this.jdbc.sql("insert into reservation (order_id, state, created_at) values (?, ?, ?)")
            .param(orderId)
            .param(state.name())
            .param(utc(this.clock.instant()))
            .update();
    }

    private void take(UUID orderId, long productId, int quantity) {
        int rows = this.jdbc.sql("update stock set available = available - ? where product_id = ? and available >= ?")
            .param(quantity)
            .param(productId)
            .param(quantity)
            .update();
        if (rows == 0) {
            throw new OutOfStockException(productId);
        }
        this.jdbc.sql("insert into reservation_line (order_id, product_id, quantity) values (?, ?, ?)")
            .param(orderId)
            .param(productId)
            .param(quantity)
            .update();
    }

    private boolean giveBack(UUID orderId) {
        return Boolean.TRUE.equals(this.transaction.execute((status) -> {
            int rows = this.jdbc
                .sql("update reservation set state = 'RELEASED' where order_id = ? and state = 'RESERVED'")
                .param(orderId)
                .update();
            if (rows == 0) {
                return false;
            }
            lines(orderId)
                .forEach((item) -> this.jdbc.sql("update stock set available = available + ? where product_id = ?")
                    .param(item.quantity())
                    .param(item.productId())
                    .update());
            return true;
        }));
    }

    private List<ReservationItem> lines(UUID orderId) {
        return this.jdbc.sql("select product_id, quantity from reservation_line where order_id = ? order by product_id")
            .param(orderId)
            .query(ReservationItem.class)
            .list();
    }

    private State state(UUID orderId) {
        return this.jdbc.sql("select state from reservation where order_id = ?")
            .param(orderId)
            .query(State.class)
            .single();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private enum State {

        RESERVED, RELEASED

    }

}
