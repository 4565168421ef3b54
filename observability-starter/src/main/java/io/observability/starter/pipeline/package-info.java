/**
 * The ledger of the telemetry itself: what was made, written, queued and lost.
 */
@NullMarked
package io.observability.starter.pipeline;

import org.jspecify.annotations.NullMarked;
