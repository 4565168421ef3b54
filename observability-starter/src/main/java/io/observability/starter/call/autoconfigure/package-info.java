/**
 * Chooses who observes the calls of HTTP clients, and says why.
 */
@NullMarked
package io.observability.starter.call.autoconfigure;

import org.jspecify.annotations.NullMarked;
