/**
 * The access line: one log line for each request that was answered.
 */
@NullMarked
package io.observability.starter.logging.access;

import org.jspecify.annotations.NullMarked;
