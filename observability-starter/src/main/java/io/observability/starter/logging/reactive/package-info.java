/**
 * The access line on WebFlux.
 */
@NullMarked
package io.observability.starter.logging.reactive;

import org.jspecify.annotations.NullMarked;
