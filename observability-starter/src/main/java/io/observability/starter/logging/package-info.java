/**
 * Log lines as Logback elements: what an application names in a configuration of its own.
 */
@NullMarked
package io.observability.starter.logging;

import org.jspecify.annotations.NullMarked;
