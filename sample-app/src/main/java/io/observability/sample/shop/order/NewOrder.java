package io.observability.sample.shop.order;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What a customer asks for.
 *
 * @param email where the confirmation goes
 * @param items from 1 to 20 products
 */
record NewOrder(@NotBlank @Email @Size(max = 254) String email,
        @NotEmpty @Size(max = 20) List<@NotNull @Valid Item> items) {

    /**
     * Pieces of one product.
     *
     * @param productId the product
     * @param quantity how many pieces, from 1 to 1,000
     */
    record Item(@NotNull Long productId, @Min(1) @Max(1000) int quantity) {

    }

}
