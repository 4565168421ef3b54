/**
 * The log line beside its peers: what the calling thread pays for it, and how it reaches
 * its destination.
 */
@NullMarked
package io.observability.benchmarks.line;

import org.jspecify.annotations.NullMarked;
