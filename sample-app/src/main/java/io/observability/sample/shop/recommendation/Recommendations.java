package io.observability.sample.shop.recommendation;

import java.util.List;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What else customers bought: the best-selling other shirts of a category.
 */
@Service
@ConditionalOnRole(Role.SHOP)
public class Recommendations {

    private final JdbcClient jdbc;

    Recommendations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Recommend products.
     * @param productId the product that the customer looks at
     * @param category its category
     * @return at most three other products, the best-selling first
     */
    public List<Recommendation> besides(long productId, String category) {
        return this.jdbc.sql("""
                select product.id, product.name from product
                left join shop_order_line line on line.product_id = product.id
                where product.category = ? and product.id <> ?
                group by product.id, product.name
                order by coalesce(sum(line.quantity), 0) desc, product.id
                fetch first 3 rows only""").param(category).param(productId).query(Recommendation.class).list();
    }

}
