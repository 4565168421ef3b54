/**
 * Errors as problem details (RFC 9457).
 */
@NullMarked
package io.observability.sample.shop.problem;

import org.jspecify.annotations.NullMarked;
