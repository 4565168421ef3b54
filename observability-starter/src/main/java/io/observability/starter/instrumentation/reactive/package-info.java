/**
 * Looks at requests that WebFlux answers.
 */
@NullMarked
package io.observability.starter.instrumentation.reactive;

import org.jspecify.annotations.NullMarked;
