package io.observability.sample.shop.traffic;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Customers that the shop makes up.
 *
 * @param enabled whether there are any
 * @param rate requests a second, from 0.1 to 100
 */
@ConfigurationProperties("shop.traffic")
@Validated
record TrafficProperties(boolean enabled, @DefaultValue("5") @DecimalMin("0.1") @DecimalMax("100") double rate) {

}
