/**
 * The start-up report as an actuator endpoint.
 */
@NullMarked
package io.observability.starter.report.endpoint;

import org.jspecify.annotations.NullMarked;
