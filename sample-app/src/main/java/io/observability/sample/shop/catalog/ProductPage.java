package io.observability.sample.shop.catalog;

import java.util.List;

import io.observability.sample.shop.price.Price;
import io.observability.sample.shop.recommendation.Recommendation;
import org.jspecify.annotations.Nullable;

/**
 * All that one page shows.
 *
 * @param product the product
 * @param available how many are in stock, {@code null} when that is not known
 * @param price what it costs, {@code null} when that is not known
 * @param recommendations what else a customer may like
 * @param degraded parts of the page that were not there in time: {@code stock},
 * {@code price}, {@code recommendations}
 */
record ProductPage(Product product, @Nullable Integer available, @Nullable Price price,
        List<Recommendation> recommendations, List<String> degraded) {

}
