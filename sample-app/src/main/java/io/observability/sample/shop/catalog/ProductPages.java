package io.observability.sample.shop.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.observability.sample.shop.inventory.client.InventoryClient;
import io.observability.sample.shop.price.Price;
import io.observability.sample.shop.price.Prices;
import io.observability.sample.shop.recommendation.Recommendation;
import io.observability.sample.shop.recommendation.Recommendations;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/**
 * Puts a product page together: stock, price and recommendations are asked for at the
 * same time, and what is not there by the deadline is left out and named.
 */
@Service
@ConditionalOnRole(Role.SHOP)
class ProductPages {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProductPages.class);

    private final InventoryClient inventory;

    private final Prices prices;

    private final Recommendations recommendations;

    private final Executor executor;

    private final Duration deadline;

    ProductPages(InventoryClient inventory, Prices prices, Recommendations recommendations,
            @Qualifier("pageExecutor") Executor executor, PageProperties properties) {
        this.inventory = inventory;
        this.prices = prices;
        this.recommendations = recommendations;
        this.executor = executor;
        this.deadline = properties.deadline();
    }

    ProductPage assemble(Product product) {
        long end = System.nanoTime() + this.deadline.toNanos();
        CompletableFuture<Integer> stock = ask(() -> this.inventory.available(product.id()));
        CompletableFuture<Price> price = ask(() -> this.prices.of(product.id()));
        CompletableFuture<List<Recommendation>> others = ask(
                () -> this.recommendations.besides(product.id(), product.category()));
        List<String> degraded = new ArrayList<>();
        ProductPage page = new ProductPage(product, await(stock, "stock", product, end, degraded),
                await(price, "price", product, end, degraded),
                orNone(await(others, "recommendations", product, end, degraded)), degraded);
        LOGGER.atDebug()
            .addKeyValue("product_id", product.id())
            .addKeyValue("degraded", degraded)
            .log("Product page put together");
        return page;
    }

    private <T> CompletableFuture<T> ask(Supplier<T> part) {
        try {
            return CompletableFuture.supplyAsync(part, this.executor);
        }
        catch (RejectedExecutionException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private <T> @Nullable T await(CompletableFuture<T> part, String name, Product product, long end,
            List<String> degraded) {
        try {
            return part.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        catch (TimeoutException ex) {
            // Whoever still waits for a thread needs none any more.
            part.cancel(false);
            LOGGER.warn("Page of product {} goes without {}: not there within {} ms", product.id(), name,
                    this.deadline.toMillis());
        }
        catch (ExecutionException ex) {
            LOGGER.warn("Page of product {} goes without {}: {}", product.id(), name, String.valueOf(ex.getCause()));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        degraded.add(name);
        return null;
    }

    private static List<Recommendation> orNone(@Nullable List<Recommendation> recommendations) {
        return (recommendations != null) ? recommendations : List.of();
    }

}
