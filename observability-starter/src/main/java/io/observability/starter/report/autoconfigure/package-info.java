/**
 * Auto-configuration of the start-up report.
 */
@NullMarked
package io.observability.starter.report.autoconfigure;

import org.jspecify.annotations.NullMarked;
