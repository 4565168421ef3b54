/**
 * Auto-configuration of the pipeline ledger: its metrics, its endpoint and its report.
 */
@NullMarked
package io.observability.starter.pipeline.autoconfigure;

import org.jspecify.annotations.NullMarked;
