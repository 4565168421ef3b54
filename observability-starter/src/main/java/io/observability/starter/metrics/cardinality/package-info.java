/**
 * Bounds the series of every meter: few values of a tag have series of their own, the
 * rest is folded, counted and told of.
 */
@NullMarked
package io.observability.starter.metrics.cardinality;

import org.jspecify.annotations.NullMarked;
