/**
 * The starter's own paths on a servlet container.
 */
@NullMarked
package io.observability.starter.surface.servlet;

import org.jspecify.annotations.NullMarked;
