/**
 * Auto-configuration of the metrics that say whether the instrumentation itself works.
 */
@NullMarked
package io.observability.starter.instrumentation.autoconfigure;

import org.jspecify.annotations.NullMarked;
