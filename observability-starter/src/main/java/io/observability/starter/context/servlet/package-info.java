/**
 * The request id on a servlet container.
 */
@NullMarked
package io.observability.starter.context.servlet;

import org.jspecify.annotations.NullMarked;
