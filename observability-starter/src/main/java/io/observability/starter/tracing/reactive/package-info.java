/**
 * Tracing of requests that WebFlux serves.
 */
@NullMarked
package io.observability.starter.tracing.reactive;

import org.jspecify.annotations.NullMarked;
