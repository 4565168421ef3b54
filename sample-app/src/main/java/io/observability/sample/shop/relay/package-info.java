/**
 * Calls URLs on request, in the test profile, so that a test suite can see how context is
 * passed on.
 */
@NullMarked
package io.observability.sample.shop.relay;

import org.jspecify.annotations.NullMarked;
