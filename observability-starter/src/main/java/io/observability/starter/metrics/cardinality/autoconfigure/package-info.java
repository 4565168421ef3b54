/**
 * Wiring of the cardinality guard.
 */
@NullMarked
package io.observability.starter.metrics.cardinality.autoconfigure;

import org.jspecify.annotations.NullMarked;
