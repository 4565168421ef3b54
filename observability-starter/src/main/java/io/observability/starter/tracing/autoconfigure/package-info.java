/**
 * Auto-configuration of tracing.
 */
@NullMarked
package io.observability.starter.tracing.autoconfigure;

import org.jspecify.annotations.NullMarked;
