/**
 * A service whose dependencies hang, fail or are slow, with the starter or without it.
 */
@NullMarked
package io.observability.e2e.health;

import org.jspecify.annotations.NullMarked;
