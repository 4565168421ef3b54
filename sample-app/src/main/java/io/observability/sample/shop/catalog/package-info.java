/**
 * Products by category, and the page of one product.
 */
@NullMarked
package io.observability.sample.shop.catalog;

import org.jspecify.annotations.NullMarked;
