/**
 * Orders: placed, reserved, confirmed.
 */
@NullMarked
package io.observability.sample.shop.order;

import org.jspecify.annotations.NullMarked;
