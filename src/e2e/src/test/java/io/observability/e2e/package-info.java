/**
 * The packaged sample app as a process of its own, and real servers beside it.
 */
@NullMarked
package io.observability.e2e;

import org.jspecify.annotations.NullMarked;
