/**
 * What metrics cost: to record a request, to look a meter up, to answer a scrape.
 */
@NullMarked
package io.observability.benchmarks.metrics;

import org.jspecify.annotations.NullMarked;
