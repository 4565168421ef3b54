package io.observability.sample.shop.failure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Failures on demand.
 *
 * @param enabled whether failures can be asked for
 * @param remote whether they can be asked for from other hosts as well
 */
@ConfigurationProperties("shop.failures")
record FailureProperties(boolean enabled, boolean remote) {

}
