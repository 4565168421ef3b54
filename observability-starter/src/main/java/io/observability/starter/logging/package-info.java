/**
 * Log lines: one JSON object for each event, whatever is in it.
 */
@NullMarked
package io.observability.starter.logging;

import org.jspecify.annotations.NullMarked;
