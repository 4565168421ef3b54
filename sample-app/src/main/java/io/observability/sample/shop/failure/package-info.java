/**
 * Failures on demand, for operators alone.
 */
@NullMarked
package io.observability.sample.shop.failure;

import org.jspecify.annotations.NullMarked;
