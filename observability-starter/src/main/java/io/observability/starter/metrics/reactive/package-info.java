/**
 * Requests answered by WebFlux, and requests made by <code>WebClient</code>.
 */
@NullMarked
package io.observability.starter.metrics.reactive;

import org.jspecify.annotations.NullMarked;
