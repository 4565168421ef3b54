package io.observability.sample.shop.catalog;

import java.util.List;
import java.util.Optional;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The products in the database.
 */
@Repository
@ConditionalOnRole(Role.SHOP)
class ProductRepository {

    private static final String COLUMNS = "select id, sku, name, category, colour from product";

    private final JdbcClient jdbc;

    ProductRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Product> findAll(@Nullable String category) {
        if (category == null) {
            return this.jdbc.sql(COLUMNS + " order by id").query(Product.class).list();
        }
        return this.jdbc.sql(COLUMNS + " where category = ? order by id").param(category).query(Product.class).list();
    }

    Optional<Product> find(long id) {
        return this.jdbc.sql(COLUMNS + " where id = ?").param(id).query(Product.class).optional();
    }

}
