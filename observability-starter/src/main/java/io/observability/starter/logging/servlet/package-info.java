/**
 * The access line on a servlet container.
 */
@NullMarked
package io.observability.starter.logging.servlet;

import org.jspecify.annotations.NullMarked;
