/**
 * What a product costs today.
 */
@NullMarked
package io.observability.sample.shop.price;

import org.jspecify.annotations.NullMarked;
