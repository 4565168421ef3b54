/**
 * Runs the benchmarks and turns their results into the tables of the documentation.
 */
@NullMarked
package io.observability.benchmarks;

import org.jspecify.annotations.NullMarked;
