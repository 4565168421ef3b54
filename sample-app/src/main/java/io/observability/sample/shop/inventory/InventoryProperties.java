package io.observability.sample.shop.inventory;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The inventory role.
 *
 * @param restockInterval time between two visits of the van, at least 100 ms
 * @param reservationRetention how long a reservation is remembered, at least a minute
 */
@ConfigurationProperties("shop.inventory")
@Validated
record InventoryProperties(@DefaultValue("30s") @DurationMin(millis = 100) Duration restockInterval,
        @DefaultValue("1h") @DurationMin(minutes = 1) Duration reservationRetention) {

}
