/**
 * Calls made with clients that block.
 */
@NullMarked
package io.observability.starter.call.servlet;

import org.jspecify.annotations.NullMarked;
