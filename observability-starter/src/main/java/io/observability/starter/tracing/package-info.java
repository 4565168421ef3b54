/**
 * W3C trace context as the specification's second level has it, and spans of served
 * requests.
 */
@NullMarked
package io.observability.starter.tracing;

import org.jspecify.annotations.NullMarked;
