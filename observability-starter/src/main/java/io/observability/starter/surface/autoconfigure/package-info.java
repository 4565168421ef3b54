/**
 * Auto-configuration of the paths that the starter answers by itself.
 */
@NullMarked
package io.observability.starter.surface.autoconfigure;

import org.jspecify.annotations.NullMarked;
