/**
 * The cardinality of the meters as an actuator endpoint.
 */
@NullMarked
package io.observability.starter.metrics.cardinality.endpoint;

import org.jspecify.annotations.NullMarked;
