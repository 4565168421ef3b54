package io.observability.sample.shop.inventory.message;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;

/**
 * All that one order takes from the stock, or nothing of it.
 *
 * @param items pieces of products
 */
public record Reservation(@NotEmpty @Size(max = 50) List<@Valid ReservationItem> items) {

}
