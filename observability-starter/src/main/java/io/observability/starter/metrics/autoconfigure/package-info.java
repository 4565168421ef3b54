/**
 * Wiring of the metrics.
 */
@NullMarked
package io.observability.starter.metrics.autoconfigure;

import org.jspecify.annotations.NullMarked;
