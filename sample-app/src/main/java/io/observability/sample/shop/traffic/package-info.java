/**
 * Customers that the shop makes up itself, so that everything shows life.
 */
@NullMarked
package io.observability.sample.shop.traffic;

import org.jspecify.annotations.NullMarked;
