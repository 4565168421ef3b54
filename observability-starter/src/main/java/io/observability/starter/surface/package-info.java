/**
 * The paths that the starter answers by itself, free of any web stack.
 */
@NullMarked
package io.observability.starter.surface;

import org.jspecify.annotations.NullMarked;
