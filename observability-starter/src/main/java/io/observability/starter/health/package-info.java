/**
 * Cached, time-limited health checks, and the probes that tell of them.
 */
@NullMarked
package io.observability.starter.health;

import org.jspecify.annotations.NullMarked;
