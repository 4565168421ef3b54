/**
 * The pipeline ledger as an actuator endpoint.
 */
@NullMarked
package io.observability.starter.pipeline.endpoint;

import org.jspecify.annotations.NullMarked;
