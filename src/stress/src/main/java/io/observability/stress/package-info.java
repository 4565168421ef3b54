/**
 * Interleavings of lock-free structures, tried by jcstress.
 */
@NullMarked
package io.observability.stress;

import org.jspecify.annotations.NullMarked;
