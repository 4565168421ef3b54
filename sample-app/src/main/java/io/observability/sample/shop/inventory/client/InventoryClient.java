package io.observability.sample.shop.inventory.client;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import io.observability.sample.shop.address.OwnAddress;
import io.observability.sample.shop.inventory.message.Reservation;
import io.observability.sample.shop.inventory.message.ReservationItem;
import io.observability.sample.shop.inventory.message.StockLevel;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import io.observability.sample.shop.role.RoleProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.DefaultUriBuilderFactory;

/**
 * The inventory, asked over HTTP. Every call ends within the time limits of
 * {@code shop.inventory}. Thread-safe.
 */
@Component
@ConditionalOnRole(Role.SHOP)
public class InventoryClient {

    private final Supplier<URI> url;

    private final RestClient.Builder builder;

    private volatile @Nullable RestClient client;

    InventoryClient(InventoryClientProperties properties, RoleProperties roles, OwnAddress own,
            RestClient.Builder builder, ClientHttpRequestFactoryBuilder<?> factories, HttpClientSettings settings) {
        URI configured = properties.url();
        if (configured == null && !roles.plays(Role.INVENTORY)) {
            throw new IllegalStateException("Property 'shop.inventory.url' must be set in a process that is not the"
                    + " inventory itself ('shop.roles' is " + roles.played() + ")");
        }
        this.url = (configured != null) ? () -> configured : own::url;
        this.builder = builder.requestFactory(
                factories.build(settings.withTimeouts(properties.connectTimeout(), properties.readTimeout())));
    }

    /**
     * Ask how many pieces of a product are in stock.
     * @param productId the product
     * @return the number of pieces
     * @throws InventoryUnavailableException if the inventory does not answer
     */
    public int available(long productId) {
        try {
            StockLevel level = client().get()
                .uri("/api/inventory/stock/{productId}", productId)
                .retrieve()
                .body(StockLevel.class);
            return (level != null) ? level.available() : 0;
        }
        catch (RestClientException ex) {
            throw new InventoryUnavailableException(ex);
        }
    }

    /**
     * Reserve stock for an order, all of it or none. Asking twice is asking once.
     * @param orderId the order
     * @param items what the order needs
     * @throws StockRefusedException if there is not enough
     * @throws InventoryUnavailableException if it is not known whether the stock is
     * reserved
     */
    public void reserve(UUID orderId, List<ReservationItem> items) {
        try {
            client().put()
                .uri("/api/inventory/reservations/{orderId}", orderId)
                .body(new Reservation(items))
                .retrieve()
                .toBodilessEntity();
        }
        catch (HttpClientErrorException.Conflict ex) {
            throw new StockRefusedException(ex.getResponseBodyAs(ProblemDetail.class));
        }
        catch (RestClientException ex) {
            throw new InventoryUnavailableException(ex);
        }
    }

    /**
     * Give the stock of an order back, if it has any. Asking twice is asking once.
     * @param orderId the order
     * @throws InventoryUnavailableException if the inventory does not answer
     */
    public void release(UUID orderId) {
        try {
            client().delete().uri("/api/inventory/reservations/{orderId}", orderId).retrieve().toBodilessEntity();
        }
        catch (RestClientException ex) {
            throw new InventoryUnavailableException(ex);
        }
    }

    private RestClient client() {
        RestClient current = this.client;
        if (current == null) {
            // The own port is not known before the first request. A race makes two equal
            // clients.
            current = this.builder.clone()
                .uriBuilderFactory(new DefaultUriBuilderFactory(this.url.get().toString()))
                .build();
            this.client = current;
        }
        return current;
    }

}
