/**
 * Whether the instrumentation itself works: what share of requests has a span, of log
 * lines the id of a trace, of required fields no value.
 */
@NullMarked
package io.observability.starter.instrumentation;

import org.jspecify.annotations.NullMarked;
