package io.observability.sample.shop.catalog;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a product page is put together.
 *
 * @param deadline how long the page waits for its parts, from 10 ms to 10 s
 * @param threads threads that ask for the parts, from 1 to 256
 * @param queue questions that may wait for a thread, from 0 to 10,000; a part that finds
 * no place is missing from its page
 */
@ConfigurationProperties("shop.page")
@Validated
record PageProperties(@DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(seconds = 10) Duration deadline,
        @DefaultValue("16") @Min(1) @Max(256) int threads, @DefaultValue("64") @Min(0) @Max(10_000) int queue) {

}
