package io.observability.sample.shop.inventory.client;

import java.net.URI;
import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the shop reaches the inventory.
 *
 * @param url base URL of the inventory; this very process unless set
 * @param connectTimeout longest time to connect, from 10 ms to 1 min
 * @param readTimeout longest time to wait for an answer, from 10 ms to 1 min
 */
@ConfigurationProperties("shop.inventory")
@Validated
record InventoryClientProperties(@Nullable URI url,
        @DefaultValue("500ms") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration connectTimeout,
        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration readTimeout) {

}
