package io.observability.sample.shop.failure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Failures on demand.
 *
 * @param enabled whether failures can be asked for
 * @param remote whether they can be asked for from other hosts as well
 * @param receipts directory for the numbers of the lines of a burst whose logging calls
 * have returned, a file per thread
 */
@ConfigurationProperties("shop.failures")
record FailureProperties(boolean enabled, boolean remote, @Nullable Path receipts) {

}
