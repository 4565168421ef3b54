/**
 * Calls made with <code>WebClient</code>.
 */
@NullMarked
package io.observability.starter.call.reactive;

import org.jspecify.annotations.NullMarked;
