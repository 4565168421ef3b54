/**
 * Requests answered by a servlet container, and requests made by blocking clients.
 */
@NullMarked
package io.observability.starter.metrics.servlet;

import org.jspecify.annotations.NullMarked;
