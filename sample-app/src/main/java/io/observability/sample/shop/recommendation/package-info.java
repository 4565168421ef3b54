/**
 * What else a customer may like.
 */
@NullMarked
package io.observability.sample.shop.recommendation;

import org.jspecify.annotations.NullMarked;
