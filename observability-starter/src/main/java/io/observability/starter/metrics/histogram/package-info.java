/**
 * Histograms of durations, kept and shown without a detour: classic and native buckets
 * with exemplars behind an ordinary Micrometer timer.
 */
@NullMarked
package io.observability.starter.metrics.histogram;

import org.jspecify.annotations.NullMarked;
