package io.observability.sample.shop.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The orders in the database.
 */
@Repository
@ConditionalOnRole(Role.SHOP)
class OrderRepository {

    private final JdbcClient jdbc;

    OrderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void insert(Order order) {
        this.jdbc.sql("insert into shop_order (id, email, total, currency, placed_at) values (?, ?, ?, ?, ?)")
            .param(order.id())
            .param(order.email())
            .param(order.total())
            .param(order.currency())
            .param(order.placedAt().atOffset(ZoneOffset.UTC))
            .update();
        for (OrderLine line : order.lines()) {
            this.jdbc
                .sql("insert into shop_order_line (order_id, product_id, quantity, unit_price) values (?, ?, ?, ?)")
                .param(order.id())
                .param(line.productId())
                .param(line.quantity())
                .param(line.unitPrice())
                .update();
        }
    }

    Optional<Order> find(UUID id) {
        return this.jdbc.sql("select id, email, total, currency, placed_at from shop_order where id = ?")
            .param(id)
            .query((row, number) -> new Order(row.getObject("id", UUID.class), row.getString("email"),
                    row.getBigDecimal("total"), row.getString("currency"),
                    row.getObject("placed_at", OffsetDateTime.class).toInstant(), lines(id)))
            .optional();
    }

    int deletePlacedBefore(Instant time) {
        return this.jdbc.sql("delete from shop_order where placed_at < ?")
            .param(time.atOffset(ZoneOffset.UTC))
            .update();
    }

    private List<OrderLine> lines(UUID id) {
        return this.jdbc
            .sql("select product_id, quantity, unit_price from shop_order_line where order_id = ? order by product_id")
            .param(id)
            .query(OrderLine.class)
            .list();
    }

}
