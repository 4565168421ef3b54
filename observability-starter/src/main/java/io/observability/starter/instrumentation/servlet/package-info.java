/**
 * Looks at requests that a servlet container answers.
 */
@NullMarked
package io.observability.starter.instrumentation.servlet;

import org.jspecify.annotations.NullMarked;
