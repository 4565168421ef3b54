/**
 * The starter's own paths on WebFlux.
 */
@NullMarked
package io.observability.starter.surface.reactive;

import org.jspecify.annotations.NullMarked;
