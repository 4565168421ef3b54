/**
 * The inventory role: stock, reservations, restock.
 */
@NullMarked
package io.observability.sample.shop.inventory;

import org.jspecify.annotations.NullMarked;
