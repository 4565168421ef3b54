/**
 * Tracing of requests that a servlet container serves.
 */
@NullMarked
package io.observability.starter.tracing.servlet;

import org.jspecify.annotations.NullMarked;
