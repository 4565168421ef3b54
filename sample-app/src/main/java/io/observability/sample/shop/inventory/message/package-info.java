/**
 * What the shop and the inventory say to each other.
 */
@NullMarked
package io.observability.sample.shop.inventory.message;

import org.jspecify.annotations.NullMarked;
