/**
 * What the cardinality guard costs at each look-up of a meter.
 */
@NullMarked
package io.observability.benchmarks.cardinality;

import org.jspecify.annotations.NullMarked;
