package io.observability.sample.shop.order;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Orders.
 *
 * @param retention how long an order is kept, at least a minute
 */
@ConfigurationProperties("shop.order")
@Validated
record OrderProperties(@DefaultValue("1h") @DurationMin(minutes = 1) Duration retention) {

}
