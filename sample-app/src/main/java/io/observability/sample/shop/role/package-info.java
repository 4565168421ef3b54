/**
 * The roles that one process plays: the shop, the inventory, or both.
 */
@NullMarked
package io.observability.sample.shop.role;

import org.jspecify.annotations.NullMarked;
