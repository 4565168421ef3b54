/**
 * What is cheaper on Tomcat than by the Servlet API.
 */
@NullMarked
package io.observability.starter.context.tomcat;

import org.jspecify.annotations.NullMarked;
