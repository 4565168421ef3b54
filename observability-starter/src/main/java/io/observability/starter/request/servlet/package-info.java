/**
 * One filter for all that is observed of a request on a servlet container.
 */
@NullMarked
package io.observability.starter.request.servlet;

import org.jspecify.annotations.NullMarked;
