/**
 * The shop's side of the inventory: calls over HTTP.
 */
@NullMarked
package io.observability.sample.shop.inventory.client;

import org.jspecify.annotations.NullMarked;
