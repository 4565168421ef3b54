/**
 * What is known of one exchange of WebFlux when it is observed by the starter alone.
 */
@NullMarked
package io.observability.starter.request.reactive;

import org.jspecify.annotations.NullMarked;
