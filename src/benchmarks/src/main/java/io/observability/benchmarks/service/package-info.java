/**
 * Whole services in processes of their own, asked over loopback.
 */
@NullMarked
package io.observability.benchmarks.service;

import org.jspecify.annotations.NullMarked;
