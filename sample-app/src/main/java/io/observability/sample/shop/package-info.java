/**
 * A small shop for shirts.
 */
@NullMarked
package io.observability.sample.shop;

import org.jspecify.annotations.NullMarked;
