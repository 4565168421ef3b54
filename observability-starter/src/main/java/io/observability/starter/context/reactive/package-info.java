/**
 * The request id on WebFlux.
 */
@NullMarked
package io.observability.starter.context.reactive;

import org.jspecify.annotations.NullMarked;
