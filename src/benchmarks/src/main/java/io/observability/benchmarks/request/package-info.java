/**
 * What observability adds to the path of one request through a Spring MVC service.
 */
@NullMarked
package io.observability.benchmarks.request;

import org.jspecify.annotations.NullMarked;
