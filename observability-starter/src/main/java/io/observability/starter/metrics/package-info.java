/**
 * The small metric set, its names and its scrape, on Micrometer and the Prometheus
 * client.
 */
@NullMarked
package io.observability.starter.metrics;

import org.jspecify.annotations.NullMarked;
