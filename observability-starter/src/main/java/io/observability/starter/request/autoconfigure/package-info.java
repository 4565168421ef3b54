/**
 * Chooses who observes the requests of a servlet container, and says why.
 */
@NullMarked
package io.observability.starter.request.autoconfigure;

import org.jspecify.annotations.NullMarked;
