/**
 * Where this process answers.
 */
@NullMarked
package io.observability.sample.shop.address;

import org.jspecify.annotations.NullMarked;
