/**
 * The smallest services that use the starter, started with different class paths.
 */
@NullMarked
package io.observability.e2e.service;

import org.jspecify.annotations.NullMarked;
