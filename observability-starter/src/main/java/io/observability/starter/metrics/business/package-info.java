/**
 * Metrics of what a service is for, on Micrometer: counters with a result, gauges that
 * are refreshed, histograms with objectives, and checks of how they are used.
 */
@NullMarked
package io.observability.starter.metrics.business;

import org.jspecify.annotations.NullMarked;
