/**
 * Wiring of the business metrics, and of the annotation that counts calls.
 */
@NullMarked
package io.observability.starter.metrics.business.autoconfigure;

import org.jspecify.annotations.NullMarked;
