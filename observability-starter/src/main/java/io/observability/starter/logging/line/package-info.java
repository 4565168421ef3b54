/**
 * From a logging event to the bytes of one line, whatever is in the event.
 */
@NullMarked
package io.observability.starter.logging.line;

import org.jspecify.annotations.NullMarked;
